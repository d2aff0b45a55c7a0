import MessagingContract

/// The requests that wait for a check of their organization's revision. One check runs at a time, and the next one is for all that wait then.
struct WaitingChecks {
    /// Receives the revision that the store had, or the reason why that is not known.
    typealias Receiver = @Sendable (Result<Revision, APIError>) -> Void

    private enum State {
        /// No check runs.
        case idle
        case running
        /// A check has ended, and its outcomes are handed out. `isHeld` says whether another thread is going to handle some of them.
        case ended(isHeld: Bool)
        /// Some outcomes were handled, and the next check is about to start.
        case released
    }

    private var waiting: [String: [Receiver]] = [:]
    private var state = State.idle

    /// Adds a request. Returns whether no check runs, so that the caller must start one.
    mutating func add(_ receiver: @escaping Receiver, of organization: String) -> Bool {
        waiting[organization, default: []].append(receiver)
        guard case .idle = state else { return false }
        state = .running
        return true
    }

    /// Removes the requests for which a check begins, by organization, and returns them.
    mutating func take() -> [String: [Receiver]] {
        defer { waiting = [:] }
        return waiting
    }

    /// Notes the end of a check, before its outcomes are handed out.
    mutating func end() { state = .ended(isHeld: false) }

    /// Puts the next check off until ``release()``.
    mutating func hold() { if case .ended = state { state = .ended(isHeld: true) } }

    /// Returns whether the caller must start the next check soon, by ``restart()``.
    mutating func release() -> Bool {
        guard case .ended = state else { return false }
        state = .released
        return true
    }

    /// Returns whether the caller must start the next check after all outcomes were handed out, since nobody holds it and requests wait.
    mutating func handedOut() -> Bool {
        guard case .ended(isHeld: false) = state else { return false }
        return restart()
    }

    /// Returns whether requests wait, so that the caller must start the next check.
    mutating func restart() -> Bool {
        state = waiting.isEmpty ? .idle : .running
        return !waiting.isEmpty
    }
}

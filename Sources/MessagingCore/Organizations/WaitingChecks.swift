import MessagingContract

/// The requests that wait for a check of their organization's revision. One check runs at a time, and the next one is for all that wait then.
struct WaitingChecks {
    /// Receives the revision that the store had, or the reason why that is not known.
    typealias Receiver = @Sendable (Result<Revision, APIError>) -> Void

    private var waiting: [String: [Receiver]] = [:]
    private var isRunning = false

    /// Adds a request. Returns whether no check runs, so that the caller must start one.
    mutating func add(_ receiver: @escaping Receiver, of organization: String) -> Bool {
        waiting[organization, default: []].append(receiver)
        defer { isRunning = true }
        return !isRunning
    }

    /// Removes the requests for which a check begins, by organization, and returns them.
    mutating func take() -> [String: [Receiver]] {
        defer { waiting = [:] }
        return waiting
    }

    /// Notes the end of a check. Returns whether requests wait, so that the caller must start the next one.
    mutating func end() -> Bool {
        isRunning = !waiting.isEmpty
        return isRunning
    }
}

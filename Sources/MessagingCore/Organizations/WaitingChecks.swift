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

    /// Removes the requests of the next check, by organization, and returns them. Returns nil if there are none, and then the next request
    /// starts a check.
    mutating func next() -> [String: [Receiver]]? {
        isRunning = !waiting.isEmpty
        defer { waiting = [:] }
        return isRunning ? waiting : nil
    }
}

import MessagingCore

/// The reason why a session could not do a call.
enum SessionError: Error {
    /// The database refused a statement. The transaction was rolled back, and the session can be used. `state` is the SQLSTATE, and
    /// `statement` the number of the statement in its call, from 0.
    case refused(state: String, message: String, statement: Int)
    /// The connection is lost, or the database did not answer in time. If `isSent` is false, the database has not received the end of the call, and
    /// so has committed nothing.
    case lost(message: String, isSent: Bool)
    /// The server would lose commits, or cannot write.
    case unsuitable(reason: String)
    /// What was read contradicts itself.
    case corrupt(cause: String)

    /// The SQLSTATE of the exceptions that our own statements raise.
    private static let ownState = "P0001"

    /// The cause for the log.
    var cause: String {
        switch self {
        case .refused(Self.ownState, let message, _): message
        case .refused(let state, let message, _): "\(message) (\(state))"
        case .lost(let message, _): message
        case .unsuitable(let reason): reason
        case .corrupt(let cause): cause
        }
    }

    /// Returns whether a call has done nothing and may succeed at once: the connection was lost before anything was sent, or the transaction was
    /// ended since it could not be serialized (40001) or waited for another one in a circle (40P01). A call that only reads has done nothing
    /// in any case.
    func isTemporary(ofRead isRead: Bool) -> Bool {
        switch self {
        case .lost(_, let isSent): !isSent || isRead
        case .refused(let state, _, _): ["40001", "40P01"].contains(state)
        case .unsuitable, .corrupt: false
        }
    }

    /// The error for the caller of a store.
    var storeError: StoreError {
        switch self {
        case .refused, .lost, .unsuitable: .unavailable(cause: cause)
        case .corrupt(let cause): .corrupt(cause: cause)
        }
    }

    /// Calls `body`, and throws its error in the session's terms.
    static func fromStore<Result>(_ body: () throws(StoreError) -> Result) throws(SessionError) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            switch error {
            case .unavailable(let cause): throw .lost(message: cause, isSent: true)
            case .corrupt(let cause): throw .corrupt(cause: cause)
            }
        }
    }
}

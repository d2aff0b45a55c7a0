import MessagingCore

/// The reason why a session could not do a call.
enum SessionError: Error {
    /// The database refused a statement. The transaction was rolled back, and the session can be used. `state` is the SQLSTATE, and
    /// `statement` the number of the statement in its call, from 0.
    case refused(state: String, message: String, statement: Int)
    /// The connection is lost, or the database did not answer in time. `isSent` tells whether a part of the call was sent.
    case lost(message: String, isSent: Bool)
    /// The server would lose commits, or cannot write.
    case unsuitable(reason: String)
    /// What was read contradicts itself.
    case corrupt(cause: String)

    /// The cause for the log.
    var cause: String {
        switch self {
        case .refused(let state, let message, _): "\(message) (\(state))"
        case .lost(let message, _): message
        case .unsuitable(let reason): reason
        case .corrupt(let cause): cause
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

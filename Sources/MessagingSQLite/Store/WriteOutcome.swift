/// The outcome of a write in a transaction that has ended.
enum WriteOutcome: Sendable {
    /// The write is durable. It dropped so many old changes.
    case stored(dropped: Int = 0)
    /// Nothing was written, because the condition of the write was not met.
    case refused
    /// The write was not stored, or it is not known whether it was.
    case failed(WriteFailure)
}

/// The reason why a transaction was not reported as committed.
enum WriteFailure: Error {
    /// The database has no part of it, and will have none.
    case notWritten(cause: String)
    /// COMMIT was sent, and it is not known whether it took effect.
    case unknown(cause: String)

    var cause: String {
        switch self {
        case .notWritten(let cause), .unknown(let cause): cause
        }
    }
}

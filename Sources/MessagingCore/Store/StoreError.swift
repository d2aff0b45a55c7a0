/// Why a store did not do what it was asked.
public enum StoreError: Error, Hashable, Sendable {
    /// It cannot be reached or written right now; asking again later may help. The cause is for the log.
    case unavailable(cause: String)
    /// What it holds contradicts itself. The cause is for the log.
    case corrupt(cause: String)

    /// The call was given up, since its task was cancelled.
    package static let cancelled = StoreError.unavailable(cause: "the task was cancelled")
}

/// The reason why a store could not do a call.
public enum StoreError: Error, Hashable, Sendable {
    /// The store cannot be reached or written at present. Trying again later may help. The cause is for the log.
    case unavailable(cause: String)
    /// The stored data contradicts itself. The cause is for the log.
    case corrupt(cause: String)

    /// The call was given up, since its task was cancelled.
    package static let cancelled = StoreError.unavailable(cause: "the task was cancelled")
}

/// The present revisions of organizations that other servers may change, too.
public protocol SharedRevisions: Sendable {
    /// Reads the revisions of organizations at one moment after the call of `organizations`, and calls `receiver` with them, or with
    /// ``StoreError/unavailable(cause:)`` if the store cannot be reached.
    ///
    /// Both are called on a thread of the store, `organizations` once and as late as possible, or not at all if the store is known to be away.
    func readRevisions(
        of organizations: @escaping @Sendable () -> [String],
        _ receiver: @escaping @Sendable (Result<PresentRevisions, StoreError>) -> Void
    )
}

/// The revisions of some organizations at one moment.
public struct PresentRevisions: Hashable, Sendable {
    /// The identity of the line of commits. If it changes, such as by a failover, commits may have been lost.
    public let era: String
    /// The revisions, in the order in which they were asked for; 0 for an organization that does not exist.
    public let revisions: [Revision]

    /// Creates revisions of an era.
    public init(era: String, revisions: [Revision]) { (self.era, self.revisions) = (era, revisions) }
}

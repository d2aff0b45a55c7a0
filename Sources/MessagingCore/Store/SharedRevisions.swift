/// The present revisions of organizations that other servers may change, too.
public protocol SharedRevisions: Sendable {
    /// Returns the revisions of organizations at one moment after the call began. Throws ``StoreError/unavailable(cause:)`` if the store cannot
    /// be reached.
    func revisions(of organizations: [String]) async throws(StoreError) -> PresentRevisions
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

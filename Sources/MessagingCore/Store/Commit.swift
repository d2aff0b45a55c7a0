/// The changes that take one organization from one revision to another.
public struct Commit: Hashable, Sendable {
    /// The organization that changes.
    public let organization: String
    /// The revision the changes were computed from; 0 creates the organization.
    public let base: Revision
    /// The revision of the organization afterwards.
    public let revision: Revision
    /// The changes in order; their revisions are in `base + 1 ... revision`. A record may change more than once.
    public let changes: [Change]
    /// The idempotency records that are stored with the changes; one whose id is there already takes its place. Beyond
    /// ``IdempotencyRecord/limit`` records of the organization, those that expire first are deleted.
    public let idempotency: [IdempotencyRecord]
    /// The digests of tokens of the organization that are deleted with the changes.
    public let revokedTokens: [[UInt8]]
    /// The effects that are stored with the changes, leased to this server for ``Effect/leaseTime`` from when they are due.
    public let effects: [Effect]
    /// The effects that the changes carry out, which are deleted with them.
    public let settledEffects: [Effect.Key]

    /// A step of one organization.
    public init(
        organization: String,
        base: Revision,
        revision: Revision,
        changes: [Change],
        idempotency: [IdempotencyRecord] = [],
        revokedTokens: [[UInt8]] = [],
        effects: [Effect] = [],
        settledEffects: [Effect.Key] = []
    ) {
        self.organization = organization
        self.base = base
        self.revision = revision
        self.changes = changes
        self.idempotency = idempotency
        self.revokedTokens = revokedTokens
        self.effects = effects
        self.settledEffects = settledEffects
    }
}

/// What became of a ``Commit``.
public enum CommitOutcome: Hashable, Sendable {
    /// It is durable.
    case committed
    /// Nothing was written: the organization is not at the commit's base revision.
    case conflict
    /// Nothing was written, for a reason that is not the commit's.
    case unavailable
    /// It may or may not have been written: load the organization again before relying on either.
    case unknown
}

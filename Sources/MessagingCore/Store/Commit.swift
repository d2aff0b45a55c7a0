/// The changes that take one organization from one revision to another.
public struct Commit: Hashable, Sendable {
    /// The organization that changes.
    public let organization: String
    /// The revision from which the changes were computed; 0 creates the organization.
    public let base: Revision
    /// The revision of the organization afterwards.
    public let revision: Revision
    /// The changes in order; their revisions are in `base + 1 ... revision`. A record may change more than once.
    public let changes: [Change]
    /// The idempotency records that are stored with the changes. Each replaces an existing record with the same id. If the organization
    /// then has more than ``IdempotencyRecord/limit`` records, those that expire first are deleted.
    public let idempotency: [IdempotencyRecord]
    /// The digests of the organization's tokens that are deleted with the changes.
    public let revokedTokens: [[UInt8]]
    /// The effects that are stored with the changes. Each is leased to this server for ``Effect/leaseTime`` from its due time.
    public let effects: [Effect]
    /// The effects whose result the changes are. They are deleted with the commit.
    public let settledEffects: [Effect.Key]

    /// Creates a commit of one organization.
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

/// The outcome of a ``Commit``.
public enum CommitOutcome: Hashable, Sendable {
    /// The commit is durable.
    case committed
    /// Nothing was written: the organization is not at the commit's base revision.
    case conflict
    /// Nothing was written, because the store could not write.
    case unavailable
    /// The commit may have been written or not. Load the organization again before relying on its state.
    case unknown
}

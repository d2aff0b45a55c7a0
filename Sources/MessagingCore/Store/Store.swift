public import struct Foundation.Date

/// What every engine can do: remember revisions of organizations, and tokens. It knows no rules and no resource types.
///
/// All methods may be called concurrently.
public protocol Store: EffectStore {
    /// Tells this history of revisions from any other: the same revision in the same epoch is the same state.
    var epoch: String { get }

    /// Whether a write may succeed, as far as is known without asking: false while the store cannot write, whatever the reason.
    var canWrite: Bool { get }

    /// The threads on which the store works, when other short work may run there too; nil otherwise.
    var taskExecutor: (any TaskExecutor)? { get }

    /// All that is stored of an organization, read at one moment; nil when it does not exist.
    func load(_ organization: String) async throws(StoreError) -> StoredOrganization?

    /// The ids of all organizations, ascending.
    func organizations() async throws(StoreError) -> [String]

    /// Returns the record of the OAuth client with this id and the organization that has it; nil when none has. Reads one row.
    func client(_ id: String) async throws(StoreError) -> StoredClient?

    /// The changes after a revision, ordered by revision and position, at most `limit` of them; nil when some of them were
    /// dropped, so that only loading the whole organization tells what it is now.
    func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) async throws(StoreError) -> [Change]?

    /// Returns a page of the changes of a selection, newest first: at most `limit` of them after the first `offset`, and how many there
    /// are in all. A negative number counts as 0.
    ///
    /// What is counted is what is there at one moment of the call. A change that is dropped after it, before the call returns, may
    /// be missing from the page; one that is committed after the call began is not in it. A page ends before the change with which its
    /// records would have more than ``ChangePage/mostBytes``, but has its first change in any case.
    ///
    /// May take many short steps, between which other calls are served. Throws ``StoreError/unavailable(cause:)`` when the task is
    /// cancelled.
    func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage

    /// How many bytes an organization takes; nil when it does not exist.
    func size(of organization: String) async throws(StoreError) -> OrganizationSize?

    /// Drops the oldest changes of an organization, as far as a cut says. A change is only dropped after all that came before it.
    /// Drops at most `limit`, or fewer when these have many bytes, and returns how many: 0 only when there are no more to drop.
    ///
    /// Moves no revision, and changes no record. Throws ``StoreError/unavailable(cause:)`` when they may not have been dropped.
    func dropChanges(of organization: String, _ cut: HistoryCut, limit: Int) async throws(StoreError) -> Int

    /// Applies each commit whole or not at all, and answers with one outcome for each, in order.
    ///
    /// `commits` holds at most one commit of an organization. All that are reported committed are durable
    /// when this returns.
    func commit(_ commits: [Commit]) async -> [CommitOutcome]

    /// The idempotency records of an organization that have these ids, expired or not, in no particular order.
    func idempotencyRecords(of organization: String, _ ids: [String]) async throws(StoreError) -> [IdempotencyRecord]

    /// Deletes at most `limit` of the idempotency records of an organization that expired before a moment, and returns how many.
    func deleteIdempotencyRecords(
        of organization: String,
        expiredBefore moment: Date,
        limit: Int
    ) async throws(StoreError) -> Int

    /// Stores a token, durably, without moving any revision, unless its client has `most` tokens already that expire after `now`;
    /// returns whether it was stored. Throws ``StoreError/unavailable(cause:)`` when the token may not have been stored.
    func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool

    /// The token with this digest, expired or not, and the revision of its organization at that moment; nil when there is none,
    /// also when it was revoked.
    func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)?

    /// Deletes at most `limit` of the tokens that expired before a moment, and answers how many.
    func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int
}

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

/// The record of an OAuth client, found by the client's id alone.
public struct StoredClient: Hashable, Sendable {
    /// The organization that has the client.
    public let organization: String
    /// The record's bytes.
    public let bytes: [UInt8]

    /// A client of an organization.
    public init(organization: String, bytes: [UInt8]) {
        self.organization = organization
        self.bytes = bytes
    }
}

/// An access token as it is stored: its digest, and what it allows.
public struct StoredToken: Hashable, Sendable {
    /// The SHA-256 digest of the token, 32 bytes.
    public let digest: [UInt8]
    /// The organization that it gives access to.
    public let organization: String
    /// The OAuth client that it was issued to.
    public let client: String
    /// The names of its scopes.
    public let scopes: [String]
    /// The moment from which on it is refused, to the second.
    public let expires: Date

    /// A token as it is stored.
    public init(digest: [UInt8], organization: String, client: String, scopes: [String], expires: Date) {
        self.digest = digest
        self.organization = organization
        self.client = client
        self.scopes = scopes
        self.expires = expires
    }
}

/// Why a store did not do what it was asked.
public enum StoreError: Error, Hashable, Sendable {
    /// It cannot be reached or written right now; asking again later may help. The cause is for the log.
    case unavailable(cause: String)
    /// What it holds contradicts itself. The cause is for the log.
    case corrupt(cause: String)

    /// The call was given up, since its task was cancelled.
    package static let cancelled = StoreError.unavailable(cause: "the task was cancelled")
}

public import struct Foundation.Date

/// The part of a ``Store`` that has what organizations are now, and changes it.
public protocol OrganizationStore: Sendable {
    /// The identity of this history of revisions: the same revision in the same epoch is the same state.
    var epoch: String { get }

    /// All that is stored of an organization, read at one moment; nil when it does not exist.
    func load(_ organization: String) async throws(StoreError) -> StoredOrganization?

    /// The ids of all organizations, ascending.
    func organizations() async throws(StoreError) -> [String]

    /// Returns the record of the OAuth client with this id and the organization that has it; nil when none has. Reads one row.
    func client(_ id: String) async throws(StoreError) -> StoredClient?

    /// Returns the changes after a revision, ordered by revision and position, at most `limit` of them. Returns nil when some of them were
    /// dropped, so that only loading the whole organization shows its present state.
    func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) async throws(StoreError) -> [Change]?

    /// How many bytes an organization takes; nil when it does not exist.
    func size(of organization: String) async throws(StoreError) -> OrganizationSize?

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

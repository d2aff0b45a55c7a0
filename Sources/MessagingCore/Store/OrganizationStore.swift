public import struct Foundation.Date

/// The part of a ``Store`` that has the present state of organizations, and changes it.
public protocol OrganizationStore: Sendable {
    /// The identity of this history of revisions. The same revision in the same epoch is the same state.
    var epoch: String { get }

    /// Returns the stored state of an organization at one moment, or nil if it does not exist.
    func load(_ organization: String) async throws(StoreError) -> StoredOrganization?

    /// Returns the ids of organizations, ascending, at most `limit` of them: those after an id, or the first ones.
    func organizations(after id: String?, limit: Int) async throws(StoreError) -> [String]

    /// Returns the record of the OAuth client with this id and its organization, or nil if there is none. Reads one row.
    func client(_ id: String) async throws(StoreError) -> StoredClient?

    /// Returns the changes after a revision, ordered by revision and position, at most `limit` of them. Returns nil if some of them were
    /// dropped, or if they have too many bytes. Then only loading the whole organization shows its present state.
    func changes(
        of organization: String,
        after revision: Revision,
        limit: Int
    ) async throws(StoreError) -> [Change]?

    /// Returns the bytes that an organization takes, or nil if it does not exist.
    func size(of organization: String) async throws(StoreError) -> OrganizationSize?

    /// Applies a commit whole or not at all, and returns its outcome. A commit with the outcome ``CommitOutcome/committed`` is durable on
    /// return. Commits of several organizations that wait at the same time may become durable together.
    func commit(_ commit: Commit) async -> CommitOutcome

    /// Returns the idempotency records of an organization that have these ids, expired or not, in no particular order.
    func idempotencyRecords(of organization: String, _ ids: [String]) async throws(StoreError) -> [IdempotencyRecord]

    /// Deletes at most `limit` of the idempotency records of an organization that expired before a moment, and returns their number.
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

    /// Creates a client of an organization.
    public init(organization: String, bytes: [UInt8]) {
        self.organization = organization
        self.bytes = bytes
    }
}

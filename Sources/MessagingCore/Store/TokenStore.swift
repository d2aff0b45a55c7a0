public import struct Foundation.Date

/// The part of a ``Store`` that has the access tokens. A commit deletes those that it revokes.
public protocol TokenStore: Sendable {
    /// Stores a token, durably, without moving any revision, unless its client has `most` tokens already that expire after `now`;
    /// returns whether it was stored. Throws ``StoreError/unavailable(cause:)`` when the token may not have been stored.
    func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool

    /// The token with this digest, expired or not, and the revision of its organization at that moment; nil when there is none,
    /// also when it was revoked.
    func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)?

    /// Deletes at most `limit` of the tokens that expired before a moment, and answers how many.
    func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int
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

public import struct Foundation.Date

/// The part of a ``Store`` that has the access tokens. A commit deletes the tokens that it revokes.
public protocol TokenStore: Sendable {
    /// Stores a token durably and returns whether it did. Does not store it if its client already has `most` tokens that expire after
    /// `now`. Moves no revision. Throws ``StoreError/unavailable(cause:)`` if the token may not have been stored.
    func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool

    /// Returns the token with this digest, expired or not, and the revision of its organization at that moment. Returns nil if there is
    /// none or it was revoked.
    func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)?

    /// Deletes at most `limit` of the tokens that expired before a moment, and returns their number.
    func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int
}

/// An access token as it is stored: its digest, its owner and its scopes.
public struct StoredToken: Hashable, Sendable {
    /// The SHA-256 digest of the token, 32 bytes.
    public let digest: [UInt8]
    /// The organization to which it gives access.
    public let organization: String
    /// The OAuth client to which it was issued.
    public let client: String
    /// The names of its scopes.
    public let scopes: [String]
    /// The moment at which it expires, to the second.
    public let expires: Date

    /// Creates a token with its stored values.
    public init(digest: [UInt8], organization: String, client: String, scopes: [String], expires: Date) {
        self.digest = digest
        self.organization = organization
        self.client = client
        self.scopes = scopes
        self.expires = expires
    }
}

public import struct Foundation.Date

/// A request that was made under an idempotency key, as it is stored: what was asked, and the version of the object that the response
/// was made of.
public struct IdempotencyRecord: Hashable, Sendable {
    /// The digest of client, operation and key, in hexadecimal; unique in its organization.
    public let id: String
    /// The digest of what was asked, in hexadecimal.
    public let request: String
    /// The kind of the object.
    public let kind: RecordKind
    /// The id of the object.
    public let object: String
    /// The version of the object that the response was made of.
    public let version: Int
    /// The moment from which on the key means nothing, to the millisecond.
    public let expires: Date

    /// A record as it is stored.
    public init(id: String, request: String, kind: RecordKind, object: String, version: Int, expires: Date) {
        self.id = id
        self.request = request
        self.kind = kind
        self.object = object
        self.version = version
        self.expires = expires
    }

    /// How many records an organization has at most; the oldest go first.
    public static let limit = 10_000
}

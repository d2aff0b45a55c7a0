public import struct Foundation.Date

/// A request with an idempotency key, as it is stored: a digest of the request, and the version of the object from which the response was
/// made.
public struct IdempotencyRecord: Hashable, Sendable {
    /// The digest of client, operation and key, in hexadecimal. It is unique in its organization.
    public let id: String
    /// The digest of the request, in hexadecimal.
    public let request: String
    /// The kind of the object.
    public let kind: RecordKind
    /// The id of the object.
    public let object: String
    /// The version of the object from which the response was made.
    public let version: Int
    /// The moment at which the key expires, to the millisecond.
    public let expires: Date

    /// Creates a record with its stored values.
    public init(id: String, request: String, kind: RecordKind, object: String, version: Int, expires: Date) {
        self.id = id
        self.request = request
        self.kind = kind
        self.object = object
        self.version = version
        self.expires = expires
    }

    /// The largest number of records of an organization. The oldest are deleted first.
    public static let limit = 10_000
}

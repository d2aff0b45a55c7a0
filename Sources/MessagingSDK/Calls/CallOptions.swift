public import HTTPTypes
public import MessagingContract

/// What one call does differently. Every method takes it as its last parameter.
public struct CallOptions: Sendable {
    /// The time for the whole call with its retries and their waits; nil for that of the client.
    public var timeout: Duration?
    /// Fields that go with the request, beside those that the client sends itself, or instead of them; but `Authorization` is always
    /// that of the client's credentials.
    public var headers: HTTPFields
    /// A key under which a host does a POST once, however often it is sent (`Idempotency-Key`, 1 to 255 visible ASCII
    /// characters). With it a POST is repeated like any other request, where the host is known to honour it.
    public var idempotencyKey: String?
    /// The tag that the object must still have; otherwise the call fails with status 412. With nil there is no condition. Genesys Cloud is
    /// not known to heed it.
    public var ifMatch: EntityTag?
    /// How failures are retried; nil for the client's way.
    public var retries: RetryPolicy?

    /// A call that does nothing differently, or what is given.
    public init(
        timeout: Duration? = nil,
        headers: HTTPFields = [:],
        idempotencyKey: String? = nil,
        ifMatch: EntityTag? = nil,
        retries: RetryPolicy? = nil
    ) {
        self.timeout = timeout
        self.headers = headers
        self.idempotencyKey = idempotencyKey
        self.ifMatch = ifMatch
        self.retries = retries
    }

    /// The fields of the request.
    var fields: HTTPFields {
        var fields = HTTPFields()
        if let idempotencyKey { fields[.idempotencyKey] = idempotencyKey }
        if let ifMatch { fields[.ifMatch] = ifMatch.field }
        for field in headers { fields[field.name] = nil }
        fields.append(contentsOf: headers)
        return fields
    }
}

/// Descriptions and reflection show only the names of the header fields: a value may be a secret.
extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CallOptions(\(headers.names), timeout: \(timeout.map { "\($0)" } ?? "none"))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["headers": headers.names, "timeout": timeout as Any]) }
}

extension HTTPFields {
    var names: String { map(\.name.rawName).joined(separator: ", ") }
}

public import HTTPTypes
public import MessagingContract

/// Options of one call. Every method takes them as its last parameter.
public struct CallOptions: Sendable {
    /// The time for the whole call with its retries and their waits; nil for ``ClientOptions/timeout``.
    public var timeout: Duration?
    /// Additional header fields of the request. They replace fields of the same name that the client sends, except `Authorization`, which
    /// always has the token of the client's credentials.
    public var headers: HTTPFields
    /// A key under which a host applies a POST once, however often it is sent (`Idempotency-Key`, 1 to 255 visible ASCII characters). With
    /// a key, the client repeats a POST like any other request if ``MessagingHost/honorsIdempotencyKeys`` is true.
    public var idempotencyKey: String?
    /// The entity tag that the object must still have; otherwise the call fails with status 412. With nil there is no condition. Genesys
    /// Cloud is not known to check it.
    public var ifMatch: EntityTag?
    /// The policy by which failed requests are sent again; nil for ``ClientOptions/retries``.
    public var retries: RetryPolicy?

    /// Creates options; what is not given is as for every call of the client.
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

    /// The header fields of the request that these options set.
    var fields: HTTPFields {
        var fields = HTTPFields()
        if let idempotencyKey { fields[.idempotencyKey] = idempotencyKey }
        if let ifMatch { fields[.ifMatch] = ifMatch.field }
        for field in headers { fields[field.name] = nil }
        fields.append(contentsOf: headers)
        return fields
    }
}

/// Descriptions and reflection show only the names of the header fields, because a value may be a secret.
extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "CallOptions(\(headers.names), timeout: \(timeout.map { "\($0)" } ?? "none"))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["headers": headers.names, "timeout": timeout as Any]) }
}

extension HTTPFields {
    var names: String { map(\.name.rawName).joined(separator: ", ") }
}

import Foundation
public import HTTPTypes
public import MessagingContract

/// What came with an answer beside its value.
public struct ResponseMetadata: Hashable, Sendable {
    /// How many requests the token may still send.
    public struct RateLimit: Hashable, Sendable {
        /// Requests in this window.
        public let count: Int
        /// Requests that a window allows.
        public let allowed: Int
        /// The time until the next window.
        public let reset: Duration
    }

    /// The status.
    public let status: Int
    /// All header fields.
    public let headers: HTTPFields
    /// The body as it came. Members that this version's types do not know are in it.
    public let body: [UInt8]

    init(_ answer: HTTPAnswer) {
        status = answer.response.status.code
        headers = answer.response.headerFields
        body = answer.body
    }

    /// The body as a document; nil when it is no JSON.
    public var json: JSON? { try? JSON(parsing: body) }

    /// The id under which the host's log has the request.
    public var correlationID: String? { headers[.correlationID] ?? headers[.genesysCorrelationID] }

    /// How many requests the token may still send; nil when the response does not state it.
    public var rateLimit: RateLimit? {
        guard let count = number(.rateLimitCount), let allowed = number(.rateLimitAllowed),
            let reset = number(.rateLimitReset)
        else { return nil }
        return RateLimit(count: count, allowed: allowed, reset: .seconds(reset))
    }

    /// The entity tag of the object, for ``CallOptions/ifMatch``. Nil when the response has none, or a weak one, such as a proxy makes that
    /// compresses: no change can be conditional on a weak tag.
    public var entityTag: EntityTag? {
        guard let field = headers[.eTag], field.count > 2, field.hasPrefix("\""), field.hasSuffix("\"") else {
            return nil
        }
        return EntityTag(opaque: String(field.dropFirst().dropLast()))
    }

    /// The time that the host asks to wait before the next request, from `Retry-After`; where that is a date, the time from now until then.
    public var retryAfter: Duration? {
        if let seconds = number(.retryAfter) { return min(.seconds(seconds), .never) }
        guard let date = headers[.retryAfter].flatMap(Self.date) else { return nil }
        return .seconds(max(0, date.timeIntervalSinceNow))
    }

    /// A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }

    private func number(_ name: HTTPField.Name) -> Int? {
        headers[name].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
    }
}

/// Descriptions and reflection show only the names of the header fields, and nothing of the body but its size: it may have a secret.
extension ResponseMetadata: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(status) (\(headers.names); \(body.count) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["status": status, "headers": headers.names]) }
}

/// A value together with what came with it.
public struct Response<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// What came with the answer that the value was read from.
    public let metadata: ResponseMetadata
}

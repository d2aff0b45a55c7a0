package import Foundation
public import HTTPTypes
public import MessagingContract

/// The metadata of a response: its status, its header fields and the bytes of its body.
public struct ResponseMetadata: Hashable, Sendable {
    /// The state of a rate limit.
    public struct RateLimit: Hashable, Sendable {
        /// The number of requests in this window.
        public let count: Int
        /// The number of requests that a window allows.
        public let allowed: Int
        /// The time until the next window.
        public let reset: Duration
    }

    /// The status.
    public let status: Int
    /// All header fields.
    public let headers: HTTPFields
    /// The bytes of the body. They include members that the types of this version do not have.
    public let body: [UInt8]
    /// The time to wait before the next request, from `Retry-After`; nil if the response does not state it. If the field is a date, this is
    /// the time between the arrival of the response and that date, at least zero.
    public let retryAfter: Duration?

    init(_ response: ReceivedResponse) {
        status = response.status.code
        headers = response.head.headerFields
        body = response.body
        retryAfter = Self.retryAfter(headers, at: response.time)
    }

    /// The body as a JSON document; nil if it is not JSON.
    public var json: JSON? { try? JSON(parsing: body) }

    /// The id of the request in the host's log; nil if the response does not have it.
    public var correlationID: String? { headers[.correlationID] ?? headers[.genesysCorrelationID] }

    /// The rate limit of the token; nil if the response does not state it.
    public var rateLimit: RateLimit? {
        guard let count = number(.rateLimitCount), let allowed = number(.rateLimitAllowed),
            let reset = number(.rateLimitReset)
        else { return nil }
        return RateLimit(count: count, allowed: allowed, reset: .seconds(reset))
    }

    /// The entity tag of the object, for ``CallOptions/ifMatch``. It is nil if the response has none or a weak one, for example from a proxy
    /// that compresses. No change can be conditional on a weak tag.
    public var entityTag: EntityTag? {
        guard let field = headers[.eTag], field.count > 2, field.hasPrefix("\""), field.hasSuffix("\"") else {
            return nil
        }
        return EntityTag(opaque: String(field.dropFirst().dropLast()))
    }

    /// The time of the host, from `Date`; nil if the response does not state it.
    package var date: Date? { headers[.date].flatMap(Self.date) }

    private static func retryAfter(_ headers: HTTPFields, at time: Date) -> Duration? {
        guard let field = headers[.retryAfter] else { return nil }
        if let seconds = Int(field) { return seconds < 0 ? nil : min(.seconds(seconds), .never) }
        return date(field).map { .seconds(max(0, $0.timeIntervalSince(time))) }
    }

    /// Reads a date in the form of HTTP, `Sun, 06 Nov 1994 08:49:37 GMT`.
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

/// Descriptions and reflection show only the names of the header fields and the size of the body, because both may have secrets.
extension ResponseMetadata: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(status) (\(headers.names); \(body.count) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["status": status, "headers": headers.names]) }
}

/// The value of a response together with its metadata.
public struct Response<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// The metadata of the response that has the value.
    public let metadata: ResponseMetadata
}

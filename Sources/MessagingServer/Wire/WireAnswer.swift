import HTTPTypes
import MessagingContract
import NIOCore

/// A response in its form on the wire. It is written in order: ``init(_:room:)``, fields, ``end(date:length:closes:)`` and the body.
struct WireAnswer {
    private(set) var bytes: ByteBuffer

    /// Begins with the status line. `room` is the approximate number of bytes that follow.
    init(_ status: HTTPResponse.Status, room: Int) {
        bytes = ByteBufferAllocator().buffer(capacity: 64 + room)
        bytes.writeStaticString("HTTP/1.1 ")
        bytes.writeString(String(status.code))
        bytes.writeStaticString(" ")
        bytes.writeStaticString(status.registeredPhrase)
        bytes.writeStaticString("\r\n")
    }

    /// Writes a field. Its name and value must be valid.
    mutating func field(_ name: String, _ value: String) {
        bytes.writeString(name)
        bytes.writeStaticString(": ")
        bytes.writeString(value)
        bytes.writeStaticString("\r\n")
    }

    /// Writes encoded fields, each with its line end.
    mutating func fields(_ written: [UInt8]) { bytes.writeBytes(written) }

    /// Ends the head with the header fields of the connection. `length` is nil for a response without `Content-Length`.
    mutating func end(date: String, length: Int?, closes: Bool = false) {
        field("Date", date)
        if let length { field("Content-Length", String(length)) }
        if closes { field("Connection", "close") }
        bytes.writeStaticString("\r\n")
    }

    /// Ends the head of an interim response, which has no body.
    mutating func end() { bytes.writeStaticString("\r\n") }

    /// Writes the body.
    mutating func body(_ body: [UInt8]) { bytes.writeBytes(body) }
}

extension Answer {
    /// Returns the response in its form on the wire, for a HEAD without its body. `first` is its beginning. `rest` is the rest of the body
    /// if that is larger than `partBytes` or shared.
    func onWire(
        withBody: Bool,
        date: String,
        closes: Bool,
        partBytes: Int
    ) -> (first: ByteBuffer, rest: BodyParts?) {
        let length = body?.count ?? 0
        let isWhole = shared == nil && length <= partBytes
        var wire = WireAnswer(status, room: 512 + (withBody && isWhole ? length : 0))
        for field in fields { wire.field(field.name.rawName, field.value) }
        wire.end(date: date, length: status.hasLength ? length : nil, closes: closes)
        guard withBody, let body else { return (wire.bytes, nil) }
        if let shared { return (wire.bytes, BodyParts(shared: shared)) }
        if !isWhole { return (wire.bytes, BodyParts(body)) }
        wire.body(body)
        return (wire.bytes, nil)
    }
}

extension HTTPResponse.Status {
    /// Whether a response with this status has `Content-Length`.
    var hasLength: Bool { self != .noContent && self != .notModified }
}

extension WireAnswer {
    /// Writes the tag of the object.
    mutating func field(_ tag: EntityTag) {
        bytes.writeStaticString("ETag: \"")
        bytes.writeString(tag.opaque)
        bytes.writeStaticString("\"\r\n")
    }

    /// Writes the rate of a token.
    mutating func field(_ rate: Rate) {
        field("inin-ratelimit-count", String(rate.count))
        field("inin-ratelimit-allowed", String(rate.allowed))
        field("inin-ratelimit-reset", String(rate.reset))
    }

    /// Writes the fields that every response has, see ``Answer/correlated(_:)``.
    mutating func correlation(_ contextID: String) {
        field("ININ-Correlation-Id", contextID)
        field("Genesys-Correlation-Id", contextID)
        fields(Self.uncached)
    }

    private static let uncached = Answer.uncached.flatMap { Array("\($0.name.rawName): \($0.value)\r\n".utf8) }
}

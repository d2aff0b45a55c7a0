import HTTPTypes
import MessagingContract
import NIOCore

/// A response in its form on the wire. It is written in order: ``init(_:room:)``, fields, ``end(date:length:closes:)`` and the body.
struct WireResponse: FieldReceiver {
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

    mutating func add(_ name: StaticString, _ value: String) {
        bytes.writeStaticString(name)
        bytes.writeStaticString(": ")
        bytes.writeString(value)
        bytes.writeStaticString("\r\n")
    }

    mutating func add(_ name: StaticString, quoted text: String) {
        bytes.writeStaticString(name)
        bytes.writeStaticString(": \"")
        bytes.writeString(text)
        bytes.writeStaticString("\"\r\n")
    }

    mutating func add(_ field: HTTPField) {
        bytes.writeString(field.name.rawName)
        bytes.writeStaticString(": ")
        bytes.writeString(field.value)
        bytes.writeStaticString("\r\n")
    }

    /// Ends the head with the header fields of the connection. `length` is nil for a response without `Content-Length`.
    mutating func end(date: String, length: Int?, closes: Bool) {
        add("Date", date)
        if let length { add("Content-Length", String(length)) }
        if closes { add("Connection", "close") }
        end()
    }

    /// Ends the head of an interim response, which has no body.
    mutating func end() { bytes.writeStaticString("\r\n") }

    /// Writes the body.
    mutating func body(_ body: [UInt8]) { bytes.writeBytes(body) }
}

extension OutgoingResponse {
    /// Returns the response in its form on the wire, for a HEAD without its body. `first` is its beginning. `rest` is the rest of the body
    /// if that is larger than `partBytes` or shared.
    func onWire(
        withBody: Bool,
        date: String,
        closes: Bool,
        partBytes: Int
    ) -> (first: ByteBuffer, rest: BodyParts?) {
        let length = body?.count ?? 0
        let isWhole = content.shared == nil && length <= partBytes
        var wire = WireResponse(status, room: 640 + (withBody && isWhole ? length : 0))
        writeFields(to: &wire)
        wire.end(date: date, length: status.hasLength ? length : nil, closes: closes)
        guard withBody, let body else { return (wire.bytes, nil) }
        if let shared = content.shared { return (wire.bytes, BodyParts(shared: shared)) }
        if !isWhole { return (wire.bytes, BodyParts(body)) }
        wire.body(body)
        return (wire.bytes, nil)
    }
}

extension HTTPResponse.Status {
    /// Whether a response with this status has `Content-Length`.
    fileprivate var hasLength: Bool { code >= 200 && self != .noContent && self != .notModified }
}

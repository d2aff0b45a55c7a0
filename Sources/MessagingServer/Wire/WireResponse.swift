import HTTPTypes
import MessagingContract
import NIOCore

/// The head of a response in its form on the wire. It is written in order: ``init(_:)``, fields, ``end(date:length:closes:)``.
struct WireResponse: FieldReceiver {
    private var head: [UInt8] = []

    /// Begins with the status line.
    init(_ status: HTTPResponse.Status) {
        head.reserveCapacity(768)
        head.append("HTTP/1.1 ")
        head.append(decimal: status.code)
        head.append(" ")
        head.append(status.registeredPhrase)
        head.append("\r\n")
    }

    mutating func add(_ name: StaticString, _ value: String) {
        head.append(name)
        head.append(": ")
        head.append(utf8Of: value)
        head.append("\r\n")
    }

    mutating func add(_ name: StaticString, _ number: Int) {
        head.append(name)
        head.append(": ")
        head.append(decimal: number)
        head.append("\r\n")
    }

    mutating func add(_ name: StaticString, quoted text: String) {
        head.append(name)
        head.append(": \"")
        head.append(utf8Of: text)
        head.append("\"\r\n")
    }

    mutating func add(_ field: HTTPField) {
        head.append(utf8Of: field.name.rawName)
        head.append(": ")
        head.append(utf8Of: field.value)
        head.append("\r\n")
    }

    /// Ends the head with the header fields of the connection. `length` is nil for a response without `Content-Length`.
    mutating func end(date: String, length: Int?, closes: Bool) {
        add("Date", date)
        if let length { add("Content-Length", length) }
        if closes { add("Connection", "close") }
        end()
    }

    /// Ends the head of an interim response, which has no body.
    mutating func end() { head.append("\r\n") }

    /// Returns the head with a copy of a body behind it.
    func bytes(with body: ResponseBody? = nil) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: head.count + (body?.count ?? 0))
        bytes.writeBytes(head)
        switch body {
        case nil: break
        case .bytes(let body): bytes.writeBytes(body)
        case .page(let body), .document(let body): bytes.writeImmutableBuffer(body)
        case .objects(let objects): objects.write(to: &bytes)
        }
        return bytes
    }
}

extension OutgoingResponse {
    /// Returns the response in its form on the wire, for a HEAD without its body. `first` is its beginning, with a body of at most
    /// `partBytes` that is not a document: sending one buffer with a copy costs less than sending two. `rest` is any other body.
    func onWire(
        withBody: Bool,
        date: String,
        closes: Bool,
        partBytes: Int
    ) -> (first: ByteBuffer, rest: BodyParts?) {
        let length = content.body?.count ?? 0
        var wire = WireResponse(status)
        writeFields(to: &wire)
        wire.end(date: date, length: status.hasLength ? length : nil, closes: closes)
        guard withBody, let body = content.body else { return (wire.bytes(), nil) }
        if case .document = body { return (wire.bytes(), BodyParts(body)) }
        return length <= partBytes ? (wire.bytes(with: body), nil) : (wire.bytes(), BodyParts(body))
    }
}

extension HTTPResponse.Status {
    /// Whether a response with this status has `Content-Length`.
    fileprivate var hasLength: Bool { code >= 200 && self != .noContent && self != .notModified }
}

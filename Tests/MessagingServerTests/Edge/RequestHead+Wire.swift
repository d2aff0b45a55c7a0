import HTTPTypes
import NIOCore

@testable import MessagingServer

extension RequestHead {
    /// Parses a text that is exactly one head. Returns nil for any other text.
    init?(wire text: String) {
        var parser = HeadParser()
        let bytes = ByteBuffer(string: text)
        guard let (head, length) = try? parser.parse(bytes, Limits()), length == bytes.readableBytes else { return nil }
        self = head
    }

    /// Returns the head with all of its fields as texts. The target keeps its form on the wire.
    func request(scheme: String) -> HTTPRequest {
        let span = bytes.readableBytesUInt8Span
        var others = HTTPFields()
        var position = firstField
        while let line = span.line(at: position), let (name, value) = span.field(line) {
            position = line.upperBound + 2
            if span.matches(name, "host") { continue }
            if traits.contains(.http10), span.matches(name, "expect") { continue }
            if let name = HTTPField.Name(span.text(name)) {
                others.append(HTTPField(name: name, value: span.text(value)))
            }
        }
        return HTTPRequest(
            method: method,
            scheme: scheme,
            authority: host.map(text),
            path: text(target),
            headerFields: others
        )
    }
}

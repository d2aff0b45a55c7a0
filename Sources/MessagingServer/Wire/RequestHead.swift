import HTTPTypes
import MessagingContract
import NIOCore

/// The length of a body, as its head states it.
enum BodyLength: Sendable, Equatable {
    case known(Int)
    case chunked
}

/// The head of a request as it arrived, with the places of the values that decide how the request is handled. ``HeadParser`` makes it, and
/// has checked every byte of it.
///
/// Most requests need few of their fields, so a field becomes a text only when it is read.
struct RequestHead: Sendable {
    /// Properties of a head that a request rarely has.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        static let http10 = Traits(rawValue: 1)
        /// The connection option `close`.
        static let closes = Traits(rawValue: 2)
        /// A connection option besides `close` and `keep-alive`.
        static let otherConnection = Traits(rawValue: 4)
        static let chunked = Traits(rawValue: 8)
        /// A field that a trusted proxy sets: `X-Forwarded-For` or `X-Forwarded-Proto`.
        static let forwarded = Traits(rawValue: 16)
        /// A field that decides how a request is handled and has no place of its own: `Expect`, `If-Match`, `Origin`, `Upgrade`, or a
        /// second `If-None-Match`.
        static let special = Traits(rawValue: 32)
        /// What only the general path handles.
        static let general = Traits(
            rawValue: http10.rawValue | closes.rawValue | otherConnection.rawValue | chunked.rawValue | special.rawValue
        )
        /// The properties of the last request of a connection.
        static let last = Traits(rawValue: http10.rawValue | closes.rawValue)
    }

    /// The bytes from the first of the method to the last of the empty line.
    var bytes = ByteBuffer()
    /// The method.
    var method = HTTPRequest.Method.get
    /// The place of the target.
    var target = 0..<0
    /// The place of the first field's line.
    var firstField = 0
    /// The number of fields.
    var fields = 0
    /// The place of the value of `Host`; nil if there is none.
    var host: Range<Int>?
    /// The place of the value of `Authorization`; nil if there is none.
    var authorization: Range<Int>?
    /// The place of the value of `If-None-Match`; nil if there is none.
    var ifNoneMatch: Range<Int>?
    /// The value of `Content-Length`; nil if there is none.
    var contentLength: Int?
    /// The other properties.
    var traits: Traits = []

    /// The length of the body.
    var length: BodyLength { traits.contains(.chunked) ? .chunked : .known(contentLength ?? 0) }

    /// Whether this request is the last one of its connection.
    var isLast: Bool { !traits.isDisjoint(with: .last) || method == .connect }

    /// Returns the head with all of its fields as texts. The target keeps its form on the wire. In HTTP/1.0 there is no `Expect` (RFC 9110,
    /// section 10.1.1).
    func request(scheme: String) -> HTTPRequest {
        let span = bytes.readableBytesUInt8Span
        var others = HTTPFields()
        others.reserveCapacity(fields)
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
            authority: host.map { span.text($0) },
            path: span.text(target),
            headerFields: others
        )
    }
}

extension Span<UInt8> {
    /// Returns these bytes as text. Invalid UTF-8 is repaired.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns the place of a line without its end. Returns nil for the empty line and for a line without an end.
    fileprivate func line(at start: Int) -> Range<Int>? {
        for index in start..<count where self[index] == UInt8(ascii: "\r") {
            return index == start ? nil : start..<index
        }
        return nil
    }

    /// Returns the places of a field's name and of its value without surrounding blanks. Returns nil if the line has no colon.
    func field(_ line: Range<Int>) -> (name: Range<Int>, value: Range<Int>)? {
        let colon = first(UInt8(ascii: ":"), in: line)
        guard colon < line.upperBound else { return nil }
        return (line.lowerBound..<colon, trimmed(colon + 1..<line.upperBound))
    }

    /// Returns the place of the first such byte, or the end of the range if there is none.
    func first(_ byte: UInt8, in range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, self[index] != byte { index += 1 }
        return index
    }

    /// Returns the range without the blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// Returns whether these bytes are this text in lower case, in any letter case.
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where self[range.lowerBound + index].lowercaseASCII != text.utf8Start[index] {
            return false
        }
        return true
    }
}

extension UInt8 {
    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

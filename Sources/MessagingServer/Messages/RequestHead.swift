import HTTPTypes
import MessagingContract
import NIOCore

/// The length of a body, as its head states it.
enum BodyLength: Sendable, Equatable {
    case known(Int)
    case chunked
}

/// The head of a request as it arrived, with the places of the values that decide how the request is handled. `HeadParser` makes it, and
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
        static let chunked = Traits(rawValue: 4)
        /// The properties of the last request of a connection.
        static let last: Traits = [.http10, .closes]
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
    /// The value of `Content-Length`; nil if there is none.
    var contentLength: Int?
    /// The other properties.
    var traits: Traits = []
    /// Those of the known fields that the head has.
    var known = KnownFields()

    /// The length of the body.
    var length: BodyLength { traits.contains(.chunked) ? .chunked : .known(contentLength ?? 0) }

    /// Whether this request is the last one of its connection.
    var isLast: Bool { !traits.isDisjoint(with: .last) || method == .connect }

    /// Whether the client waits for the interim response 100 before it sends the body. In HTTP/1.0 there is no `Expect` (RFC 9110, section
    /// 10.1.1).
    var expectsContinue: Bool {
        !traits.contains(.http10) && length != .known(0) && self[.expect]?.lowercased() == "100-continue"
    }

    /// Returns the bytes of a range as text.
    func text(_ range: Range<Int>) -> String { bytes.readableBytesUInt8Span.text(range) }

    /// Takes the bytes out of the larger buffer in which they arrived, so that they do not keep it in memory.
    mutating func detach() { bytes = ByteBuffer(bytes: bytes.readableBytesView) }
}

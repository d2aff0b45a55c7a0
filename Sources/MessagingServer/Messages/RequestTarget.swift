/// The places of the parts of a request's target (RFC 9112, section 3.2).
struct RequestTarget: Sendable {
    /// The places of the scheme and the authority of an absolute target; nil for any other target.
    let server: (scheme: Range<Int>, authority: Range<Int>)?
    /// The place of the encoded path before the first question mark.
    let path: Range<Int>
    /// The place of the encoded query after the question mark; empty if there is none.
    let query: Range<Int>

    /// Finds the parts of a target in its form on the wire.
    init(_ target: Range<Int>, in bytes: Span<UInt8>) {
        var start = target.lowerBound
        if target.isEmpty || bytes[start] != UInt8(ascii: "/"), let scheme = Self.scheme(target, in: bytes) {
            let authority = scheme.upperBound + 3
            start = authority
            while start < target.upperBound, bytes[start] != UInt8(ascii: "/"), bytes[start] != UInt8(ascii: "?") {
                start += 1
            }
            server = (scheme, authority..<start)
        } else {
            server = nil
        }
        let mark = bytes.first(UInt8(ascii: "?"), in: start..<target.upperBound)
        path = start..<mark
        query = min(mark + 1, target.upperBound)..<target.upperBound
    }

    /// Whether the target is the root of the server, which an absolute target may name without a slash.
    func isRoot(in bytes: Span<UInt8>) -> Bool {
        path.isEmpty
            ? server.map { !$0.authority.isEmpty } ?? false
            : path.count == 1 && bytes[path.lowerBound] == UInt8(ascii: "/")
    }

    private static func scheme(_ target: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
        for (text, length) in [("http://" as StaticString, 4), ("https://", 5)] {
            let end = target.lowerBound + length + 3
            if end <= target.upperBound, bytes.matches(target.lowerBound..<end, text) {
                return target.lowerBound..<target.lowerBound + length
            }
        }
        return nil
    }
}

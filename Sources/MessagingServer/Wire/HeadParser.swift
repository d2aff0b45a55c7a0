import HTTPTypes
import MessagingContract
import NIOCore

/// The parser of a request's head, or of the trailers of a chunked body. It reads line by line and continues where it stopped when more
/// bytes have arrived, so its work is linear in the bytes.
///
/// It accepts only CR LF as the end of a line, and refuses every head that two readers could interpret as two different requests.
struct HeadParser {
    private let isTrailers: Bool
    private var head = RequestHead()
    /// The bytes before the method, which are empty lines.
    private var start = 0
    private var hasRequestLine: Bool
    private var lineStart = 0
    /// The places of the first two blanks of the request line, as far as it has arrived.
    private var blanks: (first: Int?, second: Int?) = (nil, nil)
    /// The bytes before this place belong to the present line.
    private var scanned = 0

    /// Creates a parser at the beginning of a head.
    init() {
        isTrailers = false
        hasRequestLine = false
    }

    /// Creates a parser at the beginning of the trailers of a request whose head has this number of fields.
    init(trailersAfter fields: Int) {
        isTrailers = true
        hasRequestLine = true
        head.fields = fields
    }

    /// Parses a head at the beginning of these bytes, which begin with those of earlier calls. Returns the head with the number of bytes up
    /// to its end, or nil if it is incomplete. Throws the error that refuses the request.
    mutating func parse(_ bytes: ByteBuffer, _ limits: Limits) throws(APIError) -> (head: RequestHead, length: Int)? {
        guard let length = try end(in: bytes.readableBytesUInt8Span, limits) else { return nil }
        if isTrailers { return (head, length) }
        try checkHead()
        head.bytes = bytes.getSlice(at: bytes.readerIndex + start, length: length - start) ?? ByteBuffer()
        return (head, length)
    }

    /// Returns the part of the target that has arrived, and whether the method is HEAD, for a response to a refused head.
    static func beginning(of bytes: ByteBuffer, _ limits: Limits) -> (target: String, isHead: Bool) {
        let span = bytes.readableBytesUInt8Span
        var start = 0
        while start < span.count, span[start] == cr || span[start] == lf { start += 1 }
        let method = start
        while start < span.count, isVisible(span[start]) { start += 1 }
        let isHead = start - method == 4 && span.begins("HEAD", at: method, to: start) && start < span.count
        guard start < span.count, span[start] == space else { return ("", isHead) }
        start += 1
        var end = start
        while end < span.count, isVisible(span[end]), end - start < limits.targetBytes { end += 1 }
        return (span.text(start..<end), isHead)
    }

    /// Returns the number of bytes up to the end of the empty line; nil if that has not arrived.
    private mutating func end(in bytes: Span<UInt8>, _ limits: Limits) throws(APIError) -> Int? {
        while true {
            try scanLine(bytes, limits)
            if scanned > limits.headBytes { throw .headTooLarge(limit: limits.headBytes, fields: limits.fields) }
            guard scanned + 1 < bytes.count else { return nil }
            guard bytes[scanned + 1] == Self.lf else { throw .malformed("a CR stands without LF") }
            let line = lineStart..<scanned
            lineStart = scanned + 2
            scanned = lineStart
            if lineStart > limits.headBytes { throw .headTooLarge(limit: limits.headBytes, fields: limits.fields) }
            if line.isEmpty {
                if hasRequestLine { return lineStart }
                start = lineStart
            } else if hasRequestLine {
                try readField(line, bytes, limits)
            } else {
                hasRequestLine = true
                try readRequestLine(line, bytes)
                (head.firstField, head.fields) = (lineStart - start, 0)
            }
        }
    }

    /// Moves to the end of the present line, or of all bytes, and checks the bytes on the way.
    private mutating func scanLine(_ bytes: Span<UInt8>, _ limits: Limits) throws(APIError) {
        let start = scanned
        var index = start
        let end = min(bytes.count, limits.headBytes + 1)
        while index < end {
            let byte = bytes[index]
            if byte < Self.space && byte != Self.tab || byte == Self.delete { break }
            index += 1
        }
        scanned = index
        if !hasRequestLine { try readBlanks(start..<index, bytes, limits) }
        guard index < end, bytes[index] != Self.cr else { return }
        throw .malformed(bytes[index] == Self.lf ? "an LF stands without CR" : "a control character stands in its head")
    }

    /// Finds the blanks in new bytes of the request line. Refuses a target that is too long before its line has ended.
    private mutating func readBlanks(
        _ new: Range<Int>,
        _ bytes: Span<UInt8>,
        _ limits: Limits
    ) throws(APIError) {
        for index in new where bytes[index] == Self.space {
            if blanks.first == nil { blanks.first = index } else if blanks.second == nil { blanks.second = index }
        }
        if let first = blanks.first, (blanks.second ?? new.upperBound) - first - 1 > limits.targetBytes {
            throw .targetTooLong(limit: limits.targetBytes)
        }
    }

    private mutating func readRequestLine(_ line: Range<Int>, _ bytes: Span<UInt8>) throws(APIError) {
        guard let first = blanks.first, let second = blanks.second, second > first + 1, second + 1 < line.upperBound,
            bytes.first(Self.space, in: second + 1..<line.upperBound) == line.upperBound
        else { throw .malformed("its first line has not two blanks") }
        let method = line.lowerBound..<first
        let target = first + 1..<second
        let version = second + 1..<line.upperBound
        guard let known = HTTPRequest.Method(known: bytes, method) else { throw .malformed("its method is unknown") }
        head.method = known
        if bytes.begins("HTTP/1.0", at: version.lowerBound, to: version.upperBound), version.count == 8 {
            head.traits.insert(.http10)
        } else if !bytes.begins("HTTP/1.1", at: version.lowerBound, to: version.upperBound) || version.count != 8 {
            throw .malformed("it is not HTTP/1.1")
        }
        for index in target where !Self.isVisible(bytes[index]) { throw .malformed("its target has a wrong character") }
        if known != .connect { try checkForm(target, bytes) }
        head.target = target.lowerBound - start..<target.upperBound - start
    }

    /// Throws unless a target is a path, an asterisk or an address with a host.
    private func checkForm(_ target: Range<Int>, _ bytes: Span<UInt8>) throws(APIError) {
        let first = bytes[target.lowerBound]
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "*") { return }
        var end = target.lowerBound
        while end < target.upperBound, bytes[end].lowercaseASCII &- UInt8(ascii: "a") < 26 { end += 1 }
        guard end > target.lowerBound, bytes.begins("://", at: end, to: target.upperBound) else {
            throw .malformed("its target is no path")
        }
        let host = end + 3
        end = host
        while end < target.upperBound, !Self.endsAuthority(bytes[end]) {
            if !Self.isInAuthority(bytes[end]) { throw .malformed("its target names no host") }
            end += 1
        }
        if end == host || bytes[host] == UInt8(ascii: ":") { throw .malformed("its target names no host") }
    }

    private mutating func readField(
        _ line: Range<Int>,
        _ bytes: Span<UInt8>,
        _ limits: Limits
    ) throws(APIError) {
        head.fields += 1
        if head.fields > limits.fields { throw .headTooLarge(limit: limits.headBytes, fields: limits.fields) }
        guard let (name, value) = bytes.field(line), !name.isEmpty else { throw .malformed("a field has no name") }
        for index in name where !bytes[index].isToken { throw .malformed("a field has a wrong name") }
        if isTrailers { return }
        let place = value.lowerBound - start..<value.upperBound - start
        switch name.count {
        case 4 where bytes.matches(name, "host"):
            if head.host != nil { throw .malformed("it must have one Host") }
            for index in value where Self.endsHost(bytes[index]) { throw .malformed("Host is no host") }
            head.host = place
        case 10 where bytes.matches(name, "connection"), 16 where bytes.matches(name, "proxy-connection"):
            readConnectionOptions(value, bytes)
        case 13 where bytes.matches(name, "authorization"):
            if head.authorization != nil { throw .malformed("it has more than one Authorization") }
            head.authorization = place
        case 14 where bytes.matches(name, "content-length"):
            try readContentLength(value, bytes)
        case 17 where bytes.matches(name, "transfer-encoding"):
            if head.traits.contains(.chunked) || !bytes.matches(value, "chunked") || head.traits.contains(.http10) {
                throw .malformed("Transfer-Encoding can be chunked only, and in HTTP/1.1")
            }
            head.traits.insert(.chunked)
        default:
            if let field = KnownField(name, in: bytes) { head.known.insert(field) }
        }
    }

    private mutating func readConnectionOptions(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        var start = value.lowerBound
        while start < value.upperBound {
            let comma = bytes.first(UInt8(ascii: ","), in: start..<value.upperBound)
            if bytes.matches(bytes.trimmed(start..<comma), "close") { head.traits.insert(.closes) }
            start = comma + 1
        }
    }

    private mutating func readContentLength(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(APIError) {
        if head.contentLength != nil { throw .malformed("it has more than one Content-Length") }
        for index in value where !bytes[index].isDigit { throw .malformed("Content-Length is no length") }
        guard let length = Int(bytes.text(value)) else { throw .malformed("Content-Length is no length") }
        head.contentLength = length
    }

    /// Checks what only the whole head shows.
    private func checkHead() throws(APIError) {
        if head.host == nil, !head.traits.contains(.http10) { throw .malformed("it must have one Host") }
        if head.contentLength != nil, head.traits.contains(.chunked) {
            throw .malformed("it has both Content-Length and Transfer-Encoding")
        }
    }

    private static let lf = UInt8(ascii: "\n")
    private static let cr = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let delete: UInt8 = 0x7F

    private static func isVisible(_ byte: UInt8) -> Bool { byte > space && byte < delete }

    private static func endsAuthority(_ byte: UInt8) -> Bool { "/?#".utf8.contains(byte) }

    /// Whether the byte may stand in the authority of an address without a user (RFC 3986, section 3.2).
    private static func isInAuthority(_ byte: UInt8) -> Bool {
        byte.isUnreserved || "!$&'()*+,;=:%[]".utf8.contains(byte)
    }

    /// Whether no host may contain the byte.
    private static func endsHost(_ byte: UInt8) -> Bool {
        switch byte {
        case space, tab, UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "\\"): true
        default: false
        }
    }
}

extension HTTPRequest.Method {
    /// Creates the method that these bytes name. Returns nil for a name that the parsers of proxies do not know.
    fileprivate init?(known bytes: Span<UInt8>, _ place: Range<Int>) {
        if place.count == 3, bytes.begins("GET", at: place.lowerBound, to: place.upperBound) {
            self = .get
        } else {
            let name = bytes.text(place)
            guard Self.known.contains(name), let method = HTTPRequest.Method(name) else { return nil }
            self = method
        }
    }

    private static let known: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "QUERY", "ACL", "BIND",
        "CHECKOUT", "COPY", "LINK", "LOCK", "M-SEARCH", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY",
        "PROPFIND", "PROPPATCH", "PURGE", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "UNBIND", "UNLINK",
        "UNLOCK", "UNSUBSCRIBE",
    ]
}

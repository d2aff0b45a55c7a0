/// The head of a request that may be handled where it arrives, as positions in its bytes.
///
/// It is stricter than the parser. It accepts only a plain GET with a token and without fields that change its meaning. All other heads go
/// to the parser.
struct ReadHead {
    /// The number of bytes in the head, with the empty line at its end.
    let length: Int
    /// The path of the target, which has no escapes.
    let path: Range<Int>
    /// The query of the target; empty if there is none.
    let query: Range<Int>
    /// The access token.
    let token: Range<Int>
    /// The value of `If-None-Match`; nil if there is none.
    let ifNoneMatch: Range<Int>?

    /// Reads the head at the beginning of these bytes. Returns nil if it is incomplete, over a limit, or not of this kind. With
    /// `isProxied`, a head with fields of proxies is not of this kind.
    init?(_ bytes: Span<UInt8>, _ limits: Limits, isProxied: Bool) {
        var position = 0
        guard bytes.take("GET ", &position) else { return nil }
        let target = bytes.takeWhile(&position, Self.isTarget)
        guard !target.isEmpty, bytes.take(" HTTP/1.1\r\n", &position), target.count <= limits.targetBytes,
            bytes[target.lowerBound] == Self.slash
        else { return nil }
        var host = false
        var hasLength = false
        var token: Range<Int>?
        var ifNoneMatch: Range<Int>?
        var fields = 0
        while !bytes.take("\r\n", &position) {
            guard let (name, value) = bytes.takeField(&position), fields < limits.fields else { return nil }
            fields += 1
            switch Field(bytes, name, isProxied: isProxied) {
            case .host:
                guard !host, !value.isEmpty, bytes.all(value, Self.isHost) else { return nil }
                host = true
            case .authorization:
                guard token == nil, let bearer = bytes.bearer(value) else { return nil }
                token = bearer
            case .ifNoneMatch:
                guard ifNoneMatch == nil, !value.isEmpty else { return nil }
                ifNoneMatch = value
            case .connection:
                guard bytes.matches(value, "keep-alive") else { return nil }
            case .contentLength:
                guard !hasLength, bytes.matches(value, "0") else { return nil }
                hasLength = true
            case .generalPathOnly:
                return nil
            case .other:
                break
            }
        }
        guard host, let token, position <= limits.headBytes else { return nil }
        var mark = target.lowerBound
        let path = bytes.takeWhile(&mark) { Self.isTarget($0) && $0 != UInt8(ascii: "?") }
        length = position
        self.path = path
        query = min(path.upperBound + 1, target.upperBound)..<target.upperBound
        self.token = token
        self.ifNoneMatch = ifNoneMatch
    }

    private static let slash = UInt8(ascii: "/")

    private static func isTarget(_ byte: UInt8) -> Bool {
        byte.isName || "/.?=&:,+~".utf8.contains(byte)
    }

    private static func isHost(_ byte: UInt8) -> Bool { byte.isName || ".:[]".utf8.contains(byte) }
}

/// A field of a head, by its meaning for a read.
private enum Field {
    case host, authorization, ifNoneMatch, connection, contentLength
    /// A field that only the general path handles.
    case generalPathOnly
    /// A field without meaning for a read.
    case other

    init(_ bytes: Span<UInt8>, _ name: Range<Int>, isProxied: Bool) {
        self =
            switch name.count {
            case 4 where bytes.matches(name, "host"): .host
            case 6 where bytes.matches(name, "expect") || bytes.matches(name, "origin"): .generalPathOnly
            case 7 where bytes.matches(name, "upgrade"): .generalPathOnly
            case 8 where bytes.matches(name, "if-match"): .generalPathOnly
            case 10 where bytes.matches(name, "connection"): .connection
            case 13 where bytes.matches(name, "authorization"): .authorization
            case 13 where bytes.matches(name, "if-none-match"): .ifNoneMatch
            case 14 where bytes.matches(name, "content-length"): .contentLength
            case 15 where isProxied && bytes.matches(name, "x-forwarded-for"): .generalPathOnly
            case 17 where isProxied && bytes.matches(name, "x-forwarded-proto"): .generalPathOnly
            case 17 where bytes.matches(name, "transfer-encoding"): .generalPathOnly
            default: .other
            }
    }
}

extension Span<UInt8> {
    /// Returns whether a text is at the position. If it is, the position moves behind it.
    fileprivate func take(_ text: StaticString, _ position: inout Int) -> Bool {
        let end = position + text.utf8CodeUnitCount
        guard end <= count, equals(position, text) else { return false }
        position = end
        return true
    }

    fileprivate func takeWhile(_ position: inout Int, _ belongs: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < count, belongs(self[position]) { position += 1 }
        return start..<position
    }

    /// Reads a field with its line end. Returns nil if the field is incomplete or has bytes that are unusual in a field.
    fileprivate func takeField(_ position: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
        let name = takeWhile(&position, \.isName)
        guard !name.isEmpty, take(":", &position) else { return nil }
        _ = takeWhile(&position) { $0 == Self.blank }
        let value = takeWhile(&position) { (0x20...0x7E).contains($0) }
        guard value.last.map({ self[$0] != Self.blank }) ?? true, take("\r\n", &position) else { return nil }
        return (name, value)
    }

    /// Returns the token of `Bearer` credentials, or nil for other credentials.
    fileprivate func bearer(_ value: Range<Int>) -> Range<Int>? {
        let token = value.dropFirst(7)
        guard !token.isEmpty, matches(value.lowerBound..<token.lowerBound, "bearer "), all(token, \.isName) else {
            return nil
        }
        return token
    }

    /// Returns whether these bytes are this lowercase text in any letter case.
    fileprivate func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && equals(range.lowerBound, text, lowered: 0x20)
    }

    fileprivate func all(_ range: Range<Int>, _ belong: (UInt8) -> Bool) -> Bool {
        for index in range where !belong(self[index]) { return false }
        return true
    }

    private static var blank: UInt8 { UInt8(ascii: " ") }

    private func equals(_ start: Int, _ text: StaticString, lowered: UInt8 = 0) -> Bool {
        for index in 0..<text.utf8CodeUnitCount where self[start + index] | lowered != text.utf8Start[index] {
            return false
        }
        return true
    }
}

extension UInt8 {
    /// Whether the byte is a letter, a digit, `-` or `_`.
    fileprivate var isName: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10 || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "_")
    }
}

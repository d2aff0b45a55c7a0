import HTTPTypes
import MessagingContract

/// The places of the values of a head that a read at once uses.
struct ReadHead {
    /// The path, which has no escapes.
    let path: Range<Int>
    /// The query; empty if there is none.
    let query: Range<Int>
    /// The token of the `Authorization` field.
    let token: Range<Int>
    /// The value of `If-None-Match`; nil if there is none.
    let ifNoneMatch: Range<Int>?

    /// Finds the values in a head. Returns nil for a head that only the general path handles: another method, a body, a field that changes
    /// the meaning of the request, a connection option besides `keep-alive`, credentials of another scheme, or an unusual target. Behind
    /// trusted proxies, a head with their fields is not of this kind.
    init?(_ head: RequestHead, _ bytes: Span<UInt8>, isProxied: Bool) {
        guard head.method == .get, head.traits.isDisjoint(with: .general),
            !isProxied || !head.traits.contains(.forwarded),
            head.contentLength ?? 0 == 0, let host = head.host, !host.isEmpty,
            let authorization = head.authorization, let token = bytes.bearer(authorization),
            head.ifNoneMatch?.isEmpty != true, bytes[head.target.lowerBound] == UInt8(ascii: "/")
        else { return nil }
        for index in head.target where !bytes[index].isPlainTarget { return nil }
        let mark = bytes.first(UInt8(ascii: "?"), in: head.target)
        path = head.target.lowerBound..<mark
        query = min(mark + 1, head.target.upperBound)..<head.target.upperBound
        self.token = token
        ifNoneMatch = head.ifNoneMatch
    }
}

extension Span<UInt8> {
    /// Returns the place of the token in `Bearer` credentials, or nil for other credentials.
    fileprivate func bearer(_ value: Range<Int>) -> Range<Int>? {
        let start = value.lowerBound + 7
        guard start < value.upperBound, matches(value.lowerBound..<start, "bearer ") else { return nil }
        let token = start..<value.upperBound
        for index in token where !self[index].isName { return nil }
        return token
    }
}

extension UInt8 {
    fileprivate var isPlainTarget: Bool {
        switch self {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: ":"),
            UInt8(ascii: ","), UInt8(ascii: "+"):
            true
        default: isUnreserved
        }
    }

    /// Whether the byte is a letter, a digit, `-` or `_`.
    fileprivate var isName: Bool {
        lowercaseASCII &- UInt8(ascii: "a") < 26 || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }
}

import Foundation

/// The URLs that the webhook of an integration may have: `https` URLs of RFC 3986 without user and fragment.
///
/// A registered name must not contain `sub-delims` of RFC 3986, because no host name has them.
enum WebhookURL {
    /// A regular expression that matches these URLs, for the schema.
    static let pattern: String = {
        let host = "(([A-Za-z0-9._~-]|\(escape)){1,\(longestName)}|\\[\(address)\\])"
        let port = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
        let path = "A-Za-z0-9._~!$&'()*+,;=:@\\-"
        return "[Hh][Tt][Tt][Pp][Ss]://\(host)(:\(port))?(/([\(path)/]|\(escape))*)?(\\?([\(path)/?]|\(escape))*)?"
    }()

    /// Returns whether a text is such a URL, in time linear in its length.
    static func matches(_ text: String) -> Bool {
        let scheme = "https://"
        let bytes = Array(text.utf8)
        guard bytes.prefix(scheme.utf8.count).map(\.lowercaseASCII).elementsEqual(scheme.utf8) else { return false }
        let rest = bytes.dropFirst(scheme.utf8.count)
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        return isAuthority(rest[..<end]) && characters(in: rest[end...]) { $0.isPath || "/?".utf8.contains($0) } != nil
    }

    private static func isAuthority(_ text: ArraySlice<UInt8>) -> Bool {
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { return false }
            return isAddress(text[..<end].dropFirst()) && isPort(text[end...].dropFirst())
        }
        let end = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
        let length = characters(in: text[..<end], \.isUnreserved) ?? 0
        return (1...longestName).contains(length) && isPort(text[end...])
    }

    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        var address = in6_addr()
        return !text.contains(0) && inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &address) == 1
    }

    /// Returns whether a text is empty, or a colon and a number from 1 to 65,535 without leading zeros.
    private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        guard colon == UInt8(ascii: ":"), digits.first != UInt8(ascii: "0"), digits.allSatisfy(\.isDigit) else {
            return false
        }
        return UInt16(String(decoding: digits, as: UTF8.self)) != nil
    }

    /// Returns the number of characters in a text, where an escape counts as one. Returns nil if the text has a character that is neither
    /// an escape nor accepted by `belongs`.
    private static func characters(in text: ArraySlice<UInt8>, _ belongs: (UInt8) -> Bool) -> Int? {
        var rest = text
        var count = 0
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.popFirst()?.hexValue != nil, rest.popFirst()?.hexValue != nil else { return nil }
            } else if !belongs(byte) {
                return nil
            }
            count += 1
        }
        return count
    }

    private static let longestName = 255
    private static let escape = "%[0-9A-Fa-f]{2}"

    /// The rule `IPv6address` of RFC 3986, appendix A.
    private static let address: String = {
        let octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        let group = "[0-9A-Fa-f]{1,4}"
        let last = "(\(group):\(group)|\(octet)(\\.\(octet)){3})"
        let whole = "(\(group):){6}\(last)"
        let shortened = (0..<8).map { before in
            let left = before == 0 ? "" : "((\(group):){0,\(before - 1)}\(group))?"
            let right =
                switch before {
                case ..<6: (before == 5 ? "" : "(\(group):){\(5 - before)}") + last
                case 6: group
                default: ""
                }
            return "\(left)::\(right)"
        }
        return "(\(([whole] + shortened).joined(separator: "|")))"
    }()
}

extension UInt8 {
    fileprivate var isPath: Bool { isUnreserved || "!$&'()*+,;=:@".utf8.contains(self) }
}

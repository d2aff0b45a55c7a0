/// The parts of a request's target (RFC 9112, section 3.2).
struct RequestTarget: Sendable {
    /// The scheme and the authority of an absolute target; nil for any other.
    let server: (scheme: String, authority: Substring)?
    /// What is before the first question mark, not decoded; of an absolute target `/` where there is nothing.
    let path: Substring
    /// What is behind it; empty when there is none.
    let query: Substring

    /// Reads a target as it stands on the wire.
    init(_ text: String) {
        var rest = text[...]
        let scheme =
            text.hasPrefix("/")
            ? nil : ["http", "https"].first { text.prefix($0.count + 3).lowercased() == "\($0)://" }
        if let scheme {
            rest = rest.dropFirst(scheme.count + 3)
            let authority = rest.prefix { $0 != "/" && $0 != "?" }
            rest = rest[authority.endIndex...]
            server = (scheme, authority)
        } else {
            server = nil
        }
        let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        path = mark == rest.startIndex && scheme != nil ? "/" : rest[..<mark]
        query = Substring(rest.utf8[mark...].dropFirst())
    }
}

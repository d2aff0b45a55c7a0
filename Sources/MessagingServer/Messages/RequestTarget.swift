/// The parts of a request's target (RFC 9112, section 3.2).
struct RequestTarget: Sendable {
    /// The scheme and the authority of an absolute target; nil for any other target.
    let server: (scheme: String, authority: Substring)?
    /// The encoded path before the first question mark. An empty path of an absolute target is `/`.
    let path: Substring
    /// The encoded query after the question mark; empty if there is none.
    let query: Substring

    /// Reads a target in its form on the wire.
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

/// The base URL at which clients reach the server: a scheme, a host and an optional port, without a slash at the end.
public struct BaseURL: Hashable, Sendable {
    /// The URL, such as `https://messaging.example.com:8443`.
    public let text: String

    /// Reads `http://` or `https://` and an authority, with or without a slash at the end. Returns nil for any other text.
    public init?(_ text: String) {
        let text = text.hasSuffix("/") ? text.dropLast() : text[...]
        guard let separator = text.firstRange(of: "://") else { return nil }
        self.init(scheme: String(text[..<separator.lowerBound]), authority: text[separator.upperBound...])
    }

    /// Creates a base URL from its parts. Returns nil unless the scheme is `http` or `https` and the authority is a name, an IPv4 address
    /// or an IPv6 address in brackets, with an optional port. The server repeats nothing else to a client.
    init?(scheme: String?, authority: some StringProtocol) {
        guard let scheme = scheme?.lowercased(), ["http", "https"].contains(scheme),
            let match = String(authority).wholeMatch(
                of: /([A-Za-z0-9._\-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?/
            )
        else { return nil }
        if let port = match.2?.dropFirst(), !(1...65_535).contains(Int(port) ?? 0) { return nil }
        text = "\(scheme)://\(match.0)"
    }
}

extension IncomingRequest {
    /// The base URL at which the client reached the server. It comes from an absolute target, otherwise from the header field `Host`
    /// (RFC 9112, section 3.2.2). It is nil if that is not a base URL.
    var baseURL: BaseURL? {
        let target = target
        if let (scheme, authority) = target.server {
            return BaseURL(scheme: head.text(scheme), authority: head.text(authority))
        }
        guard head.text(target.path).hasPrefix("/") else { return nil }
        return BaseURL(scheme: scheme, authority: head.host.map(head.text) ?? "")
    }
}

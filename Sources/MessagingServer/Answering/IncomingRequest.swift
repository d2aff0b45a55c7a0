public import HTTPTypes

/// A request as any transport hands it in.
public struct IncomingRequest: Sendable {
    /// The method, the target and the header fields.
    public let head: HTTPRequest
    /// The network address of the client; nil when there is none.
    public let address: String?
    /// The body.
    public let body: RequestBody

    /// A request whose body is still to be read.
    public init(head: HTTPRequest, address: String?, body: RequestBody) {
        self.head = head
        self.address = address
        self.body = body
    }

    /// A request whose body is in memory.
    public init(head: HTTPRequest, address: String? = nil, body: [UInt8] = []) {
        self.init(head: head, address: address, body: RequestBody(body))
    }

    /// The path and the query of the target; an absolute target's scheme and authority are left out.
    var target: (path: Substring, query: Substring) { Self.split(head.path ?? "") }

    /// The path and the query of a target as it stands on the wire.
    static func split(_ text: String) -> (path: Substring, query: Substring) {
        var target = text[...]
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            target = target.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
}

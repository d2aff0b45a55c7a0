/// The client that a request names to authenticate, as far as a log may have it: an id that no client has may be a secret in the wrong
/// place, so it is not kept.
public struct NamedClient: Hashable, Sendable {
    /// The client's id; `unknown` when no client has the id that was named.
    public let client: String
    /// The id of its organization; nil when no client has the id that was named.
    public let organization: String?

    /// A client that does not exist.
    static let unknown = NamedClient(client: OAuthClient.unknownID, organization: nil)
}

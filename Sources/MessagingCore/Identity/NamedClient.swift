/// The client that a request names to authenticate, in the form for a log. An id that no client has is left out, since it may be a secret
/// in the wrong place.
public struct NamedClient: Hashable, Sendable {
    /// The client's id; `unknown` if no client has the id of the request.
    public let client: String
    /// The id of its organization; nil if no client has the id of the request.
    public let organization: String?

    /// A client that does not exist.
    static let unknown = NamedClient(client: OAuthClient.unknownID, organization: nil)
}

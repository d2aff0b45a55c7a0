/// An OAuth client that has shown its secret.
public struct AuthenticatedClient: Sendable {
    /// The client.
    public let client: OAuthClient
    /// The id of its organization.
    public let organization: String
}

/// An OAuth client that has shown its secret.
public struct AuthenticatedClient: Sendable {
    /// The client's id.
    public let id: String
    /// The id of its organization.
    public let organization: String
    /// The names of the scopes that its tokens may have.
    let scopes: [String]
}

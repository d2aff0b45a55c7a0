import MessagingContract

/// An OAuth client that has proved its secret.
public struct AuthenticatedClient: Sendable {
    /// The client's id.
    public let id: String
    /// The id of its organization.
    public let organization: String
    /// The names of the scopes that its tokens may have.
    let scopes: [String]
}

extension Organizations {
    /// Returns the data for the authentication of the OAuth client with this id. The client is nil if it does not exist, and no known
    /// secret has the returned digest.
    ///
    /// The work is the same whether or not the client exists: one row is read, two members of one record are decoded, and no organization
    /// is loaded. Throws 503 if the store cannot be reached, and 500 if the stored record is not a client.
    func storedClient(
        _ id: String
    ) async throws(APIError) -> (client: AuthenticatedClient?, secretDigest: String) {
        let stored = try await record(ofClient: id)
        guard
            let members = try? JSON.members(["secretDigest", "scopes"], of: stored?.bytes ?? OAuthClient.nobody),
            let digest = members["secretDigest"]?.string, let scopes = members["scopes"]?.array
        else { throw .internalServerError.caused(by: "a stored OAuth client is not valid") }
        let names = scopes.compactMap(\.string)
        return (stored.map { AuthenticatedClient(id: id, organization: $0.organization, scopes: names) }, digest)
    }
}

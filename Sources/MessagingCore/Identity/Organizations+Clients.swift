public import MessagingContract

extension Organizations {
    /// Adds a client to an organization, and returns once it is durable. Throws:
    ///
    /// - 404 if the organization does not exist.
    /// - 400 if the name is not a line of 1 to 256 characters, the id is taken in the organization, a permission or scope does not exist,
    ///   or there is no room.
    /// - 503 if another organization has the id.
    public func register(
        _ registration: ClientRegistration,
        in organization: String,
        by author: Author
    ) async throws(APIError) {
        try await change(organization, by: author) { (draft) throws(APIError) in
            try draft.create(registration.client)
        }
    }

    /// Replaces the secret of a client, and returns once that is durable. Its tokens stay valid. Throws 404.
    public func rotateSecret(
        of client: OAuthClient,
        in organization: String,
        by author: Author
    ) async throws(APIError) -> ClientRegistration {
        let secret = Secret.make()
        let digest = Hexadecimal.string(Secret.digest(secret))
        try await change(organization, by: author) { (draft) throws(APIError) in
            try draft.rotateSecret(of: client.id, to: digest)
        }
        return ClientRegistration(client: client, secret: secret)
    }
}

public import MessagingContract

extension Organizations {
    /// Adds a client to an organization, and answers when it is durable. Throws 404 when there is no such organization, 400 when
    /// the name is no line of 1 to 256 characters, the id is taken in it, a permission or scope does not exist or there is no room,
    /// and 503 when another organization has the id.
    public func register(
        _ registration: ClientRegistration,
        in organization: String,
        by author: Author
    ) async throws(APIError) {
        try await change(organization, by: author) { (draft) throws(APIError) in
            try draft.create(registration.client)
        }
    }

    /// Gives a client another secret, and answers when it is durable. Tokens that it has go on. Throws 404.
    public func rotateSecret(
        of client: OAuthClient,
        in organization: String,
        by author: Author
    ) async throws(APIError) -> ClientRegistration {
        let fresh = ClientRegistration(name: client.name)
        try await change(organization, by: author) { (draft) throws(APIError) in
            try draft.rotateSecret(of: client.id, to: fresh.client.secretDigest)
        }
        return ClientRegistration(client: client, secret: fresh.secret)
    }
}

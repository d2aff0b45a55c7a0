public import MessagingContract

/// A client together with its secret, at the only moment at which the secret is known.
public struct ClientRegistration: Sendable {
    /// The client as it is stored.
    public let client: OAuthClient
    /// Its secret; only its digest is kept.
    public let secret: String

    /// A new client with a service user of its own; id and secret are made unless given. Permissions and scopes are kept once each.
    public init(
        id: String? = nil,
        secret: String? = nil,
        name: String,
        permissions: [String] = Permission.all.map(\.rawValue),
        scopes: [String] = [Scope.messaging.rawValue]
    ) {
        let secret = secret ?? Secret.make()
        var client = OAuthClient()
        client.id = id ?? Organizations.makeID()
        client.name = name
        client.user = Organizations.makeID()
        client.secretDigest = Secret.hex(Secret.digest(secret))
        client.permissions = permissions.unique
        client.scopes = scopes.unique
        self.init(client: client, secret: secret)
    }

    fileprivate init(client: OAuthClient, secret: String) {
        self.client = client
        self.secret = secret
    }
}

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

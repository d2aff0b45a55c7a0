public import MessagingContract

/// A client with its secret, at the only moment at which the secret is known.
public struct ClientRegistration: Sendable {
    /// The client as it is stored.
    public let client: OAuthClient
    /// Its secret. Only the digest is stored.
    public let secret: String

    /// Creates a new client with a service user of its own. Generates the id and the secret if they are nil. Drops repeated permissions and
    /// scopes.
    public init(
        id: String? = nil,
        secret: String? = nil,
        name: String,
        permissions: [String] = Permission.all.map(\.rawValue),
        scopes: [String] = [Scope.messaging.rawValue],
        in surroundings: Surroundings = .system
    ) {
        let secret = secret ?? Secret.make()
        var client = OAuthClient()
        client.id = id ?? surroundings.makeID()
        client.name = name
        client.user = surroundings.makeID()
        client.secretDigest = Hexadecimal.string(Secret.digest(secret))
        client.permissions = permissions.unique
        client.scopes = scopes.unique
        self.init(client: client, secret: secret)
    }

    init(client: OAuthClient, secret: String) {
        self.client = client
        self.secret = secret
    }
}

extension [String] {
    /// The elements in order, without repetitions.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

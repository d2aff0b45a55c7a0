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
        client.id = id ?? Identifiers.make()
        client.name = name
        client.user = Identifiers.make()
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
    /// The elements in their order, without those that came before.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

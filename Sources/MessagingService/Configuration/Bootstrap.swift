import MessagingContract
import MessagingCore

/// The first organization and the first client of an empty store.
struct Bootstrap: Sendable {
    private let registration: ClientRegistration
    private let isSecretGiven: Bool

    /// Reads `MESSAGING_BOOTSTRAP_CLIENT_ID` and `MESSAGING_BOOTSTRAP_CLIENT_SECRET`. A value that is not given is generated.
    ///
    /// Throws if one of them cannot be used. The error does not contain the secret.
    init(_ environment: Environment) throws(StartError) {
        let id = try Settings.bootstrapClientID.value([:], environment)
        let secret = try Settings.bootstrapClientSecret.value([:], environment)
        registration = ClientRegistration(id: id, secret: secret, name: "Bootstrap client")
        isSecretGiven = secret != nil
    }

    /// Creates both in one commit. Returns the lines that show their ids, and the secret if it was generated here.
    func run(_ organizations: Organizations) async throws(APIError) -> [String] {
        let organization = try await organizations.create(
            name: "Messaging",
            with: registration,
            by: .server("bootstrap", contextID: organizations.surroundings.makeID())
        )
        var lines = [
            "Organization:  \(organization.id)  \(organization.name)", "Client ID:     \(registration.client.id)",
        ]
        if !isSecretGiven { lines.append("Client secret: \(registration.secret)  (shown once)") }
        return lines
    }
}

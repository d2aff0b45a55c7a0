import MessagingFiles
import MessagingSDK

/// The names of the environment variables that select a host and its credentials.
struct EnvironmentNames {
    /// The variable with the host.
    let place: String
    /// The variable with a token.
    let token: String
    /// The variable with the id of a client.
    let clientID: String
    /// The variable with the secret of a client.
    let clientSecret: String
    /// Reads the value of ``place``.
    let host: @Sendable (String) throws(Failure) -> MessagingHost

    /// All sets of variables. The first one whose ``place`` is set counts.
    static let all = [
        EnvironmentNames(
            place: "MESSAGING_URL",
            token: "MESSAGING_TOKEN",
            clientID: "MESSAGING_CLIENT_ID",
            clientSecret: "MESSAGING_CLIENT_SECRET",
            host: HostAddress.host
        ),
        EnvironmentNames(
            place: "GENESYSCLOUD_REGION",
            token: "GENESYSCLOUD_ACCESS_TOKEN",
            clientID: "GENESYSCLOUD_OAUTHCLIENT_ID",
            clientSecret: "GENESYSCLOUD_OAUTHCLIENT_SECRET",
            host: HostAddress.region
        ),
    ]
}

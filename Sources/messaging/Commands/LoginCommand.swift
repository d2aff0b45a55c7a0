import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging login`.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Check the credentials of a client, and keep them as a profile.",
        discussion: """
            The profile becomes the current one. Profiles are in messaging/profiles.json in XDG_CONFIG_HOME or ~/.config, a file that only its \
            owner may read.
            """
    )

    @Option(help: "The name of the profile.") var profile: String
    @Option(help: "The address of the host, such as https://messaging.example.com.") var url: String
    @Option(help: "The id of the client.") var clientID: String
    @Option(help: "Where the secret of the client is: env:NAME, @FILE or - for standard input.")
    var clientSecret = "-"

    func validate() throws {
        guard !profile.isEmpty else { throw ValidationError("The name of the profile is empty.") }
    }

    func run() async throws {
        let file = ProfileFile()
        var profiles = try file.read()
        _ = try HostAddress.host(url)
        let secret = try SecretSource(clientSecret, for: "--client-secret").secret()
        let new = Profile(url: url, clientID: clientID, clientSecret: secret)
        let token = try await Self.token(Account(profile, new))
        profiles.named[profile] = new
        profiles.current = profile
        try file.write(profiles)
        Terminal.talk("Logged in to \(token.organization?.name ?? url). The profile \(profile) is the current one.")
    }

    private static func token(_ account: Account) async throws(Failure) -> TokenInfo {
        do {
            return try await account.client(checksCredentials: true).token()
        } catch {
            throw Failure(error).withoutDoctor
        }
    }
}

import ArgumentParser
import MessagingSDK

/// The options of a command that select the host.
struct AccountOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The profile to use instead of the environment or the current profile.")
    var profile: String?

    /// The host and the credentials.
    var account: Account { get throws { try Account(profile: profile) } }
}

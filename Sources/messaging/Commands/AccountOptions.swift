import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The options of a command that select the host.
struct AccountOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "The profile to use, of this program or of gc, instead of the environment or the current profile.",
        completion: Completions.profiles
    )
    var profile: String?

    /// The host and the credentials. A person is warned of a file that others may read.
    var account: Account {
        get throws(Failure) {
            let account = try Account(profile: profile)
            account.warning?.showOnce()
            return account
        }
    }
}

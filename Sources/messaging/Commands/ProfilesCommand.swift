import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging profiles ...`. It never shows a secret.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "Manage profiles: hosts with the credentials for them.",
        subcommands: [List.self, Use.self, Show.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the profiles.")
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let profiles = try ProfileFile().read()
            let rows = profiles.named.sorted { $0.key < $1.key }.map { profiles.summary(of: $0.key, $0.value) }
            try output.printer.list(rows, columns: ["name", "current", "url", "clientId"])
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a profile the current one.")
        @Argument(help: "The name of the profile.") var name: String

        func run() async throws {
            let file = ProfileFile()
            var profiles = try file.read()
            _ = try profiles.profile(name)
            profiles.current = name
            try file.write(profiles)
            Terminal.talk("The profile \(name) is the current one.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a profile, without its secret.")
        @Argument(help: "The name of the profile. (default: the current one)") var name: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let profiles = try ProfileFile().read()
            guard let name = name ?? profiles.current else {
                throw Failure(
                    .notFound,
                    "profile.not.found",
                    "there is no profile",
                    next: "Create one: messaging login"
                )
            }
            try output.printer.object(profiles.summary(of: name, profiles.profile(name)))
        }
    }
}

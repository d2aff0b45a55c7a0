import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The command `messaging profiles ...`. It never shows a secret.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "Manage profiles: hosts with the credentials for them.",
        subcommands: [List.self, Use.self, Show.self, Remove.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the profiles of this program, and those of gc.",
            discussion: "If nothing else selects a host, commands use the current one."
        )
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sources = ProfileSources()
            let profiles = try sources.file.read()
            var rows = profiles.named.sorted { $0.key < $1.key }.map { profiles.summary(of: $0.key, $0.value) }
            do throws(Failure) {
                let others = try sources.gcFile.read()
                let standard = profiles.current == nil ? others.standard?.name : nil
                rows += others.map { $0.summary(isCurrent: $0.name == standard) }
                if !others.isEmpty { sources.gcFile.warning?.showOnce() }
            } catch {
                Warning(code: error.code, message: error.message, next: error.next ?? "").showOnce()
            }
            try output.printer.list(rows, columns: ["name", "current", "url", "clientId", "source"])
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a profile the current one.")
        @Argument(help: "The name of the profile.", completion: Completions.profiles) var name: String

        func run() async throws {
            let sources = ProfileSources()
            var (profiles, _) = try sources.changeable(name)
            profiles.current = name
            try sources.file.write(profiles)
            Terminal.talk("The profile \(name) is the current one.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a profile, without its secret.")
        @Argument(help: "The name of the profile. (default: the current one)", completion: Completions.profiles)
        var name: String?
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sources = ProfileSources()
            guard let found = try name.map(sources.profile) ?? sources.current() else {
                throw Failure(
                    .notFound,
                    "profile.not.found",
                    "there is no profile",
                    next: "Create one: messaging login"
                )
            }
            let own = try sources.file.read()
            switch found {
            case .own(let name, let profile): try output.printer.object(own.summary(of: name, profile))
            case .gc(let profile):
                sources.gcFile.warning?.showOnce()
                let isStandard = profile.name.lowercased() == "default"
                try output.printer.object(profile.summary(isCurrent: own.current == nil && isStandard))
            }
        }
    }
}

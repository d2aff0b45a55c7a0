import ArgumentParser
import MessagingFiles

extension ProfilesCommand {
    /// The command `messaging profiles remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a profile with its secret.",
            discussion:
                "It asks first. The client and its secret stay valid on the host. Profiles of gc are removed with gc."
        )
        @Argument(help: "The name of the profile.", completion: Completions.profiles) var name: String
        @Flag(help: "Do it without asking. It is required where nobody can be asked.") var yes = false

        func run() async throws {
            let sources = ProfileSources()
            var (profiles, profile) = try sources.changeable(name)
            let isCurrent = profiles.current == name
            let object = isCurrent ? "the profile \"\(name)\", the current one," : "the profile \"\(name)\""
            try Confirmation.ask(
                "Remove \(object) with the secret of the client \(profile.clientID) at \(profile.url)?",
                isConfirmed: yes
            )
            profiles.named[name] = nil
            if isCurrent { profiles.current = nil }
            try sources.file.write(profiles)
            if let account = try? Account(name, profile) { KeptToken(account)?.remove() }
            Terminal.talk("Removed the profile \(name).\(isCurrent ? " There is no current profile now." : "")")
        }
    }
}

import ArgumentParser
import MessagingFiles
import MessagingSDK

/// The options of a command that select a supported content profile.
struct ContentOptions: ParsableArguments {
    @Option(
        help: "The name or the id of a supported content profile. (default: the default one of the organization)",
        completion: Completions.names(SupportedContent.self)
    )
    var content: String?
    @Flag(help: "Use all supported content profiles of the organization.") var allContent = false
    @Option(
        help: "A file with a supported content profile, in JSON or YAML. No host is called.",
        completion: .file()
    )
    var profileFile: String?
    @OptionGroup var options: AccountOptions

    func validate() throws {
        guard [content != nil, allContent, profileFile != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("Give one of --content, --all-content and --profile-file.")
        }
    }

    /// Returns the selected profiles, those of the organization ordered by name.
    func profiles() async throws -> [ContentProfile] {
        if let profileFile { return [try ContentProfile(InputFile(profileFile).document(), at: profileFile)] }
        let reader = ObjectReader<SupportedContent>(client: try options.account.client)
        if allContent { return try await reader.all(SupportedContent.self).map { try ContentProfile($0) } }
        guard let content else { return [try await ContentProfile(reader.requiredDefault().object)] }
        return [try await ContentProfile(reader.find(content).object)]
    }
}

extension ObjectReader where Entity: DefaultedEntity {
    /// Returns the default of the kind. Throws a failure if none is set.
    func requiredDefault() async throws -> Found {
        if let found = try await `default`() { return found }
        throw Failure(
            .notFound,
            "no.default",
            "no default \(Entity.noun) is set",
            next: "Set one: messaging \(Entity.command) default set NAME"
        )
    }
}

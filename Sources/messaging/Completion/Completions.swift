import ArgumentParser
import MessagingFiles
import StandardStreams

/// The completions of arguments and options. They show nothing after a failure, and never ask.
enum Completions {
    /// The names of the objects of a kind.
    static func names<Entity: ManagedEntity>(_ kind: Entity.Type) -> CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            let words = CommandWords(words, at: place)
            return offered(await NameReader.names(kind, profile: words.profile), for: words)
        }
    }

    /// The names of profiles, of this program and of `gc`.
    static var profiles: CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            offered(profileNames, for: CommandWords(words, at: place))
        }
    }

    /// The places of a configuration: profiles, directories and files in HCL.
    static var configurations: CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            let words = CommandWords(words, at: place)
            let profiles = profileNames.map { "profile:\($0)" }
            return offered(profiles + ConfigurationPaths.beginning(words.present), for: words)
        }
    }

    private static var profileNames: [String] {
        let sources = ProfileSources()
        let own = (try? sources.file.read())?.named.keys.sorted() ?? []
        return own + ((try? sources.gcFile.read())?.map(\.name) ?? [])
    }

    /// The fields that an object has, after the last comma.
    static var fields: CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            let words = CommandWords(words, at: place)
            guard let kind = words.kind else { return [] }
            let declared = words.words.contains("list") ? kind.listed : kind.declared
            let before = words.present.lastIndex(of: ",").map { String(words.present[...$0]) } ?? ""
            return offered(declared.descendants.map { before + $0.name }, for: words)
        }
    }

    /// The fields that a request sets, each with the sign behind it.
    static var assignments: CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            let words = CommandWords(words, at: place)
            guard let kind = words.kind else { return [] }
            let written = kind.declared.descendants.filter {
                $0.request != nil && $0.members.allSatisfy { $0.request == nil }
            }
            return offered(written.map { "\($0.name)=" }, for: words)
        }
    }

    /// The kinds and their fields.
    static var described: CompletionKind {
        .custom { (words: [String], place: Int, _: String) async -> [String] in
            let fields = ManagedKinds.all.flatMap { kind in
                [kind.command] + kind.declared.descendants.map { "\(kind.command).\($0.name)" }
            }
            return offered(fields, for: CommandWords(words, at: place))
        }
    }

    /// Returns words in the form that the script of the requesting shell reads. A word is left out if it has characters with an effect on a
    /// terminal, if it would be read as an option, and if the shell would change it.
    static func offered(
        _ offers: [String],
        for words: CommandWords,
        to shell: CompletionShell? = .requesting
    ) -> [String] {
        var seen: Set<String> = []
        return offers.filter { offer in
            !offer.isEmpty && !offer.hasPrefix("-") && offer.unicodeScalars.allSatisfy(\.isVisible)
                && seen.insert(offer).inserted
        }
        .compactMap { offer in
            switch shell {
            case .bash?: offer.hasPrefix(words.present) ? words.quoting.quoted(offer) : nil
            // A colon begins the description of a word.
            case .zsh?: offer.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
            // The shell takes a tilde at the beginning for a home directory.
            case .fish?: offer.hasPrefix("~") ? nil : offer
            default: offer
            }
        }
    }
}

extension DeclaredField {
    /// The fields inside this one, each before those inside it. A type inside itself is not repeated.
    fileprivate var descendants: [DeclaredField] { descendants(of: []) }

    private func descendants(of types: Set<String>) -> [DeclaredField] {
        guard let name = shape?.elements?.name ?? shape?.name else {
            return members.flatMap { [$0] + $0.descendants(of: types) }
        }
        return types.contains(name) ? [] : members.flatMap { [$0] + $0.descendants(of: types.union([name])) }
    }
}

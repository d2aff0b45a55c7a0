import ArgumentParser

/// The commands that `messaging help` describes, each with those inside it.
struct HelpTopics {
    /// A command and the names of the commands inside it.
    struct Topic: Equatable {
        /// The words after `help` that name the command; none for the program.
        let path: [String]
        /// The names.
        let names: [String]
    }

    /// The commands with commands inside them, each before those.
    let all: [Topic]

    /// Finds the commands inside one.
    init(_ root: any ParsableCommand.Type) { all = Self.topics(root, []) }

    private static func topics(_ command: any ParsableCommand.Type, _ path: [String]) -> [Topic] {
        let inner = command.configuration.subcommands.compactMap { inner in
            inner.configuration.commandName.map { (name: $0, command: inner) }
        }
        guard !inner.isEmpty else { return [] }
        return [Topic(path: path, names: inner.map(\.name))] + inner.flatMap { topics($0.command, path + [$0.name]) }
    }
}

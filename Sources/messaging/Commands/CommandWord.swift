import ArgumentParser
import MessagingFiles

/// The words of a command line that name a command.
enum CommandWord {
    /// Throws a failure for a word that has the place of a command and is none, with the nearest command if there is one. Words behind an option
    /// are not checked.
    static func check(_ words: some Sequence<String>, of program: any ParsableCommand.Type) throws(Failure) {
        var command = program
        var path = [program._commandName]
        for word in words {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !word.hasPrefix("-") else { return }
            // The library adds the command help to the program alone.
            if path.count == 1, word == "help" { continue }
            guard let next = commands.first(where: { $0.names.contains(word) }) else {
                let nearest = commands.flatMap { $0.names }.nearest(to: word).map { "Did you mean \($0)?" }
                let next = nearest ?? "See \(path.joined(separator: " ")) --help"
                throw .usage("unknown command \"\(word)\"", next: next)
            }
            command = next
            path.append(next._commandName)
        }
    }
}

extension ParsableCommand {
    /// The words that stand for the command.
    fileprivate static var names: [String] { [_commandName] + configuration.aliases }
}

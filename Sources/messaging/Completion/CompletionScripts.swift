/// The scripts that complete in shells: those of ArgumentParser, changed where they would let a shell act on a name, and where they offer too
/// little.
struct CompletionScripts {
    /// The commands that `messaging help` describes.
    let topics: [HelpTopics.Topic]

    /// Returns the topics as the branches of a shell's `case`, each of which sets `topics` with `list`.
    func branches(_ list: (String) -> String) -> String {
        topics.map { topic in
            "    '\(topic.path.joined(separator: " "))') topics=\(list(topic.names.joined(separator: " "))) ;;"
        }
        .joined(separator: "\n")
    }
}

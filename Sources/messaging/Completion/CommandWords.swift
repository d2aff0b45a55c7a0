import MessagingFiles

/// The words of a command line that a shell completes.
struct CommandWords {
    /// The words without the shell's quoting; a word that the shell would expand is empty.
    let words: [String]
    /// The beginning of the word that is completed; without the name of an option in the same word.
    let present: String
    /// The quoting that the word begins with.
    let quoting: ShellQuoting

    /// Reads the words as a shell has them, with the place of the completed one.
    init(_ raw: [String], at place: Int) {
        words = raw.map { Self.unquoted($0) ?? "" }
        let value = Self.value(raw.indices.contains(place) ? raw[place] : "")
        quoting = ShellQuoting(beginning: value)
        present = Self.unquoted(value) ?? ""
    }

    /// Returns the value in a word such as `--profile=local`, or else the word.
    private static func value(_ word: String) -> String {
        guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return word }
        return String(word[word.index(after: sign)...])
    }

    /// The kind of objects that the command manages; nil if it manages none.
    var kind: (any ManagedEntity.Type)? {
        let kinds = Dictionary(ManagedKinds.all.map { ($0.command, $0) }, uniquingKeysWith: { first, _ in first })
        return words.dropFirst().lazy.compactMap { kinds[$0] }.first
    }

    /// The profile that the command names; nil if it names none. bash also splits words at `=`.
    var profile: String? {
        for (place, word) in words.enumerated() {
            for option in ["--profile", "-p"] {
                if word.hasPrefix("\(option)=") { return String(word.dropFirst(option.count + 1)) }
                guard word == option else { continue }
                let rest = words.dropFirst(place + 1)
                return rest.first == "=" ? rest.dropFirst().first : rest.first
            }
        }
        return nil
    }

    /// Returns a word without its quoting. Returns nil if it has an expansion.
    static func unquoted(_ word: String) -> String? {
        var text = ""
        var quote: Character?
        var rest = word[...]
        while let character = rest.popFirst() {
            switch (character, quote) {
            case ("$", nil), ("`", nil), ("$", "\""), ("`", "\""): return nil
            case (_, let open?) where character == open: quote = nil
            case ("\\", nil), ("\\", "\""):
                if let escaped = rest.popFirst() { text.append(escaped) }
            case ("'", nil), ("\"", nil): quote = character
            default: text.append(character)
            }
        }
        return text
    }
}

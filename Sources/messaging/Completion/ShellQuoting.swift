/// The quoting of a word for a command line of bash, which continues a word that a person has begun.
enum ShellQuoting: Equatable {
    /// Each character with an effect has a backslash before it.
    case backslashes
    /// The word is between quotation marks, and the last one is not written.
    case doubleQuotes
    /// The word is between apostrophes, and the last one is not written.
    case singleQuotes

    /// Selects the quoting that a person has begun.
    init(beginning word: String) {
        switch word.first {
        case "\"": self = .doubleQuotes
        case "'": self = .singleQuotes
        default: self = .backslashes
        }
    }

    /// Returns a word in this quoting, so that the shell reads it as it is. Returns nil if the quoting cannot have it.
    func quoted(_ word: String) -> String? {
        switch self {
        case .backslashes:
            return word.unicodeScalars.reduce(into: "") { text, scalar in
                if scalar.isASCII, !Self.isPlain(scalar) { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
        case .doubleQuotes:
            // The shell expands its history between quotation marks too.
            guard !word.contains("!") else { return nil }
            return word.reduce(into: "") { $0 += "\\\"$`".contains($1) ? "\\\($1)" : "\($1)" }
        case .singleQuotes: return word.replacing("'", with: "'\\''")
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_./:=@%+,-".unicodeScalars.contains(scalar)
    }
}

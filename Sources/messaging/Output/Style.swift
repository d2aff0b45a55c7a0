/// The styles of text on a terminal.
enum Style: String {
    /// For the names of columns.
    case bold = "1"
    /// For what is added.
    case added = "32"
    /// For what is removed.
    case removed = "31"
    /// For what is changed.
    case changed = "33"

    /// Returns the text in this style, or unchanged if `isUsed` is false.
    func of(_ text: String, isUsed: Bool) -> String { isUsed ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text }

    /// Returns whether the environment lets a terminal show styles: it does not set `NO_COLOR` (https://no-color.org), and the terminal is not
    /// a dumb one.
    static func isAllowed(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR"]?.isEmpty ?? true && environment["TERM"] != "dumb"
    }
}

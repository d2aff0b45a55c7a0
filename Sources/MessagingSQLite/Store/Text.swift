/// Text for SQLite. A text ends at U+0000 there, so text with this character is neither stored nor found.
enum Text {
    /// The error for text with U+0000.
    struct Unstorable: Error, CustomStringConvertible {
        var description: String { "text with U+0000 cannot be stored" }
    }

    static func isStorable(_ text: String) -> Bool { !text.utf8.contains(0) }

    static func checked(_ text: String) throws(Unstorable) -> String {
        guard isStorable(text) else { throw Unstorable() }
        return text
    }
}

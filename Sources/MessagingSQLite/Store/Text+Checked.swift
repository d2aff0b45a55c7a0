import MessagingCore

extension Text {
    /// The error for text with U+0000, at which a text ends in SQLite.
    struct Unstorable: Error, CustomStringConvertible {
        var description: String { "text with U+0000 cannot be stored" }
    }

    /// Returns a text if it can be stored. Throws otherwise.
    static func checked(_ text: String) throws(Unstorable) -> String {
        guard isStorable(text) else { throw Unstorable() }
        return text
    }
}

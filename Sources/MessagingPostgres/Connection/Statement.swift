/// The text of a statement, which a session prepares once. It is a class, so that a session finds its name without reading the text.
final class Statement: Sendable {
    let text: String

    init(_ text: String) { self.text = text }
}

/// A statement with its values, `$1` first.
struct Query {
    let statement: Statement
    let values: [Value]

    init(_ statement: Statement, _ values: [Value] = []) {
        self.statement = statement
        self.values = values
    }
}

import MessagingFiles
import MessagingSDK

/// Reads the text of a filter from its beginning to its end.
struct FilterReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// Creates a reader of a text.
    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// Takes a condition on a field of objects with these fields.
    mutating func condition(_ declared: DeclaredField) throws(Failure) -> FilterCondition {
        skipSpaces()
        let path = take { !$0.isSpace && !"=!<>~\"'".unicodeScalars.contains($0) }
        guard !path.isEmpty else { throw failure("a field is missing") }
        let field = try declared.field(at: path)
        if field.shape?.type == "object", field.shape?.anyMember == nil {
            let fields = field.members.map(\.name).joined(separator: ", ")
            throw .usage("\(path) is an object, and a filter compares values", next: "Use one of its fields: \(fields)")
        }
        let `operator` = try self.operator()
        skipSpaces()
        let start = position
        let value = FilterValue(try text())
        if `operator`.compares { try check(value, of: field, at: start) }
        let pattern = `operator` == .match ? try self.pattern(value.text, at: start) : nil
        return FilterCondition(path: field.path, operator: `operator`, value: value, pattern: pattern)
    }

    /// Takes the word between two conditions; nil at the end of the text.
    mutating func conjunction() throws(Failure) -> FilterConjunction? {
        skipSpaces()
        guard position < scalars.count else { return nil }
        let start = position
        let word = take { !$0.isSpace }
        guard let conjunction = FilterConjunction(rawValue: word.lowercased()) else {
            position = start
            throw failure("\"and\" or \"or\" is missing before \"\(word)\"", next: "Put a value with spaces in quotes.")
        }
        return conjunction
    }

    private mutating func `operator`() throws(Failure) -> FilterOperator {
        skipSpaces()
        for (sign, value) in FilterOperator.signs where scalars[position...].starts(with: sign.unicodeScalars) {
            position += sign.unicodeScalars.count
            return value
        }
        let start = position
        let word = take { !$0.isSpace && !"\"'".unicodeScalars.contains($0) }
        if let value = FilterOperator(rawValue: word.lowercased()) { return value }
        position = start
        let operators = FilterOperator.words.joined(separator: " ")
        throw failure(
            word.isEmpty ? "an operator is missing" : "\"\(word)\" is no operator",
            next: "The operators are \(operators)."
        )
    }

    /// Takes a value. In quotes, a backslash stands before a quote that is part of the value, and is a character anywhere else.
    private mutating func text() throws(Failure) -> String {
        guard position < scalars.count else { throw failure("a value is missing") }
        let quote = scalars[position]
        guard quote == "\"" || quote == "'" else { return take { !$0.isSpace } }
        let start = position
        var text = String.UnicodeScalarView()
        position += 1
        while position < scalars.count, scalars[position] != quote {
            if scalars[position] == "\\", position + 1 < scalars.count, scalars[position + 1] == quote { position += 1 }
            text.append(scalars[position])
            position += 1
        }
        guard position < scalars.count else {
            position = start
            throw failure("the quote has no end")
        }
        position += 1
        return String(text)
    }

    private func check(_ value: FilterValue, of field: DeclaredField, at start: Int) throws(Failure) {
        let shape = field.shape
        if ["integer", "number"].contains(shape?.type), value.number == nil {
            throw failure("\(field.name) is a number, and \"\(value.text)\" is none", at: start)
        }
        if shape?.limits.contains(where: { $0 == ("format", "date-time") }) == true, value.date == nil {
            throw failure(
                "\(field.name) is a date such as 2026-03-01 or 2026-03-01T09:15:00Z, and \"\(value.text)\" is none",
                at: start
            )
        }
    }

    private func pattern(_ text: String, at start: Int) throws(Failure) -> Pattern {
        do {
            return try Pattern(text)
        } catch {
            throw failure(
                "\"\(text)\" is no regular expression: \(error.reason), character \(error.offset + 1) of it",
                at: start
            )
        }
    }

    private mutating func skipSpaces() { _ = take { $0.isSpace } }

    private mutating func take(while isTaken: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while position < scalars.count, isTaken(scalars[position]) { position += 1 }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private func failure(_ message: String, at start: Int? = nil, next: String? = nil) -> Failure {
        let example = "For example: --filter 'name contains support and version >= 2'"
        let place = "column \((start ?? position) + 1) of the filter"
        return .usage("\(place): \(message)", next: [next, example].compactMap(\.self).joined(separator: " "))
    }
}

extension Unicode.Scalar {
    /// Whether the character separates the words of a filter.
    fileprivate var isSpace: Bool { properties.isWhitespace }
}

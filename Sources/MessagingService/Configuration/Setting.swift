/// The name and the meaning of a setting, without the type of its value.
package struct SettingDescription: Sendable {
    /// The name, such as `rate-limit`.
    package let name: String
    /// The meaning, as a clause in Markdown.
    package let meaning: String
    /// The text of the default; nil if there is no default.
    package let standard: String?
    /// Whether it has a flag besides its variable.
    package let hasFlag: Bool
    /// Whether its text must never be shown, since it is a secret or may have one.
    let isSecret: Bool

    /// The environment variable, such as `MESSAGING_RATE_LIMIT`.
    package var variable: String { "MESSAGING_" + name.uppercased().replacing("-", with: "_") }

    /// The flag, such as `--rate-limit`.
    package var flag: String { "--\(name)" }

    /// The help text of the flag.
    package var help: String {
        let sentence = meaning.prefix(1).uppercased() + meaning.dropFirst().replacing("`", with: "")
        return "\(sentence). [\(variable)] (default: \(standard ?? "none"))"
    }
}

/// One setting of the server: its name, its meaning, and the function that parses its text.
package struct Setting<Value: Sendable>: Sendable {
    /// The description of the setting, without the type of its value.
    package let description: SettingDescription
    let expectation: String
    /// Returns a hint for a text that other programs write into the variable, or nil for any other text.
    let hint: @Sendable (String) -> String?
    let read: @Sendable (String?) -> Value?
}

extension Setting {
    /// Creates a setting with a default. `read` returns nil for a text that is not valid, and `expectation` states the valid texts.
    init(
        _ name: String,
        default standard: String,
        _ meaning: String,
        _ expectation: String,
        isSecret: Bool = false,
        hint: @escaping @Sendable (String) -> String? = { _ in nil },
        read: @escaping @Sendable (String) -> Value?
    ) {
        description = SettingDescription(
            name: name,
            meaning: meaning,
            standard: standard,
            hasFlag: true,
            isSecret: isSecret
        )
        self.expectation = expectation
        self.hint = hint
        self.read = { text in text.flatMap(read) }
    }

    /// Creates a setting that is nil if it is not given.
    init<Wrapped>(
        _ name: String,
        _ meaning: String,
        _ expectation: String,
        hasFlag: Bool = true,
        isSecret: Bool = false,
        read: @escaping @Sendable (String) -> Wrapped?
    ) where Value == Wrapped? {
        description = SettingDescription(
            name: name,
            meaning: meaning,
            standard: nil,
            hasFlag: hasFlag,
            isSecret: isSecret
        )
        self.expectation = expectation
        hint = { _ in nil }
        self.read = { text in
            guard let text else { return .some(nil) }
            return read(text).map { .some($0) }
        }
    }
}

extension Setting where Value == Int {
    /// Creates a setting with a whole number.
    init(
        _ name: String,
        default standard: Int,
        in range: ClosedRange<Int>,
        _ meaning: String,
        hint: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        let expectation = "it must be \(range.lowerBound) to \(range.upperBound)"
        self.init(name, default: String(standard), meaning, expectation, hint: hint) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Setting where Value == Bool {
    /// Creates a switch that is off by default. Its flag takes no value, and its variable is `true` or `false`.
    init(_ name: String, _ meaning: String) {
        self.init(name, default: "false", meaning, "it must be true or false") { Bool($0.lowercased()) }
    }
}

extension Setting where Value: CaseIterable & RawRepresentable<String> {
    /// Creates a setting with one of several words, in any case.
    init(_ name: String, default standard: Value, _ meaning: String) {
        let words = Value.allCases.map(\.rawValue)
        let choice = words.map { "`\($0)`" }.joined(separator: ", ")
        let expectation = "it must be one of \(words.joined(separator: ", "))"
        self.init(name, default: standard.rawValue, "\(meaning): \(choice)", expectation) { text in
            Value(rawValue: text.lowercased())
        }
    }
}

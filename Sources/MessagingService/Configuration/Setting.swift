/// What a setting is called and means, whatever its value is.
package struct SettingDescription: Sendable {
    /// Its name, `rate-limit`.
    package let name: String
    /// What it is for, as a clause in Markdown.
    package let meaning: String
    /// The text that counts when none is given; nil when that means none.
    package let standard: String?
    /// Whether there is a flag for it besides its variable.
    package let hasFlag: Bool
    /// Whether its text may never be shown.
    let isSecret: Bool

    /// The environment variable, `MESSAGING_RATE_LIMIT`.
    package var variable: String { "MESSAGING_" + name.uppercased().replacing("-", with: "_") }

    /// The flag, `--rate-limit`.
    package var flag: String { "--\(name)" }

    /// What a command says of the flag.
    package var help: String {
        let sentence = meaning.prefix(1).uppercased() + meaning.dropFirst().replacing("`", with: "")
        return "\(sentence). [\(variable)] (default: \(standard ?? "none"))"
    }
}

/// One setting of the server: what it is called, what it means, and how its text is read.
package struct Setting<Value: Sendable>: Sendable {
    /// All but the value.
    package let description: SettingDescription
    let expectation: String
    /// Returns what is to be said of a text that other programs write into the variable; nil for all others.
    let hint: @Sendable (String) -> String?
    let read: @Sendable (String?) -> Value?
}

extension Setting {
    /// A setting with a default. `read` answers nil for a text that makes no sense, and `expectation` says what does.
    init(
        _ name: String,
        default standard: String,
        _ meaning: String,
        _ expectation: String,
        hint: @escaping @Sendable (String) -> String? = { _ in nil },
        read: @escaping @Sendable (String) -> Value?
    ) {
        description = SettingDescription(
            name: name,
            meaning: meaning,
            standard: standard,
            hasFlag: true,
            isSecret: false
        )
        self.expectation = expectation
        self.hint = hint
        self.read = { text in text.flatMap(read) }
    }

    /// A setting that is nil when it is not given.
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
    /// A whole number.
    init(
        _ name: String,
        default standard: Int,
        in range: ClosedRange<Int>,
        _ meaning: String,
        hint: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        let expectation = "it can be \(range.lowerBound) to \(range.upperBound)"
        self.init(name, default: String(standard), meaning, expectation, hint: hint) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Setting where Value == Bool {
    /// A switch that is off: its flag takes no value, its variable is `true` or `false`.
    init(_ name: String, _ meaning: String) {
        self.init(name, default: "false", meaning, "it can be true or false") { Bool($0.lowercased()) }
    }
}

extension Setting where Value: CaseIterable & RawRepresentable<String> {
    /// One of some words, in any case.
    init(_ name: String, default standard: Value, _ meaning: String) {
        let words = Value.allCases.map(\.rawValue)
        let choice = words.map { "`\($0)`" }.joined(separator: ", ")
        let expectation = "it can be \(words.joined(separator: ", "))"
        self.init(name, default: standard.rawValue, "\(meaning): \(choice)", expectation) { text in
            Value(rawValue: text.lowercased())
        }
    }
}

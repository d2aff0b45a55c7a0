import MessagingContract

extension Int {
    /// Returns the number with a noun, such as `1 token` or `2 tokens`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension JSON {
    /// Returns a line for each encryption key that a report names. `consequence` says what happens without a missing key.
    func keyLines(without consequence: String) -> [String] {
        let missing = (self["missingKeys"]?.array ?? []).compactMap(\.string)
        return (self["keys"]?.array ?? []).compactMap(\.string).map { key in
            let state = missing.contains(key) ? "missing: without it \(consequence)" : "found"
            return "Encryption key \(key) is needed, and \(state)."
        }
    }
}

package import MessagingSDK

/// A secret in a file: the name of the environment variable that has its value, as `env:NAME`.
package enum SecretReference {
    private static let start = "env:"

    /// Returns the variable of a secret; nil if the value is the secret itself.
    package static func variable(_ value: JSON) -> String? {
        guard let text = value.string, isReference(text), text.count > start.count else { return nil }
        return String(text.dropFirst(start.count))
    }

    /// Returns whether a text begins as the form of a file for a secret in a variable does.
    static func isReference(_ text: String) -> Bool { text.hasPrefix(start) }

    /// Returns the form of a file for the secret in a variable.
    static func value(_ variable: String) -> JSON { .string(start + variable) }
}

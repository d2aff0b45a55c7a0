package import MessagingSDK

/// A secret in a file: the name of the environment variable that has its value, as `env:NAME`.
package enum SecretReference {
    /// Returns the variable of a secret; nil if the value is the secret itself.
    package static func variable(_ value: JSON) -> String? {
        guard let text = value.string, text.hasPrefix("env:"), text.count > 4 else { return nil }
        return String(text.dropFirst(4))
    }

    /// Returns the form of a file for the secret in a variable.
    static func value(_ variable: String) -> JSON { .string("env:\(variable)") }
}

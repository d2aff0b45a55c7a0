import MessagingSDK

/// A variable of Terraform as the environment variable from which Terraform takes its value.
enum TerraformVariable {
    private static let prefix = "TF_VAR_"

    /// Returns the environment variable of a variable.
    static func environmentName(_ name: String) -> String { prefix + name }

    /// Returns the variable of a secret in the form of files, `env:TF_VAR_NAME`; nil if the secret comes from elsewhere.
    static func name(_ secret: JSON) -> String? {
        guard let variable = SecretReference.variable(secret), variable.hasPrefix(prefix) else { return nil }
        let name = variable.dropFirst(prefix.count)
        let isName = name.unicodeScalars.allSatisfy {
            !$0.isASCII || $0.properties.isAlphabetic || $0 == "_" || $0 == "-" || "0"..."9" ~= $0
        }
        let first = name.unicodeScalars.first
        return isName && first.map { !("0"..."9" ~= $0) && $0 != "-" } == true ? String(name) : nil
    }
}

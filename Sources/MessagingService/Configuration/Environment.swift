import Configuration
import Foundation

/// The environment variables whose names begin with `MESSAGING_`.
public struct Environment: Sendable {
    private let reader: ConfigReader
    private let names: [String]

    /// Reads the environment of this process.
    public init() { self.init(ProcessInfo.processInfo.environment) }

    /// Takes these variables only, by their full names.
    public init(_ variables: [String: String]) {
        names = variables.keys.filter { $0.uppercased().hasPrefix("MESSAGING_") }.sorted()
        reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
            .scoped(to: "messaging")
    }

    /// The names of the variables that no setting has, in the order of their letters.
    package var unknown: [String] {
        let known = Set(Settings.all.map(\.variable))
        return names.filter { !known.contains($0.uppercased()) }
    }

    /// The text of a setting's variable; nil when it is not set.
    subscript(setting: SettingDescription) -> String? {
        reader.string(forKey: ConfigKey(setting.name), isSecret: setting.isSecret)
    }
}

import Configuration

/// The environment variables whose names begin with `MESSAGING_`.
public struct Environment: Sendable {
    private let reader: ConfigReader

    /// The environment of this process.
    public init() {
        reader = ConfigReader(provider: EnvironmentVariablesProvider()).scoped(to: "messaging")
    }

    /// These variables only, by their full names.
    public init(_ variables: [String: String]) {
        reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
            .scoped(to: "messaging")
    }

    /// The text of a setting's variable; nil when it is not set.
    subscript(setting: SettingDescription) -> String? {
        reader.string(forKey: ConfigKey(setting.name), isSecret: setting.isSecret)
    }
}

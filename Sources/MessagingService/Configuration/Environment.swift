import Configuration
import Foundation
import MessagingCore

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

    /// The names of the variables that no setting has, in the order of their letters. Names are compared as the system does: one in small
    /// letters is no setting's.
    package var unknown: [String] {
        let known = Set(Settings.all.map(\.variable))
        return names.filter { !known.contains($0) }
    }

    /// A line that names the variables that no setting has, 20 of them at most, and never their values; nil when there are none.
    public var warning: String? {
        let unknown = unknown
        guard !unknown.isEmpty else { return nil }
        let names = unknown.prefix(20).map { $0.line(limit: 100) }.joined(separator: ", ")
        return "ignored environment variables that belong to no setting: \(names)\(unknown.count > 20 ? ", ..." : "")"
    }

    /// The text of a setting's variable; nil when it is not set or empty, as Compose writes `NAME=${NAME:-}`.
    subscript(setting: SettingDescription) -> String? {
        let text = reader.string(forKey: ConfigKey(setting.name), isSecret: setting.isSecret)
        return text?.isEmpty == true ? nil : text
    }
}

import Configuration
import Foundation
import MessagingCore

/// The environment variables whose names begin with `MESSAGING_`.
public struct Environment: Sendable {
    private let reader: ConfigReader
    private let names: [String]

    /// Reads the environment of this process.
    public init() { self.init(ProcessInfo.processInfo.environment) }

    /// Creates an environment of only these variables, by their full names.
    public init(_ variables: [String: String]) {
        names = variables.keys.filter { $0.uppercased().hasPrefix("MESSAGING_") }.sorted()
        reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
            .scoped(to: "messaging")
    }

    /// The variables of the command line, which may be in the same environment.
    private static let ofCommandLine = [
        "MESSAGING_URL", "MESSAGING_TOKEN", "MESSAGING_CLIENT_ID", "MESSAGING_CLIENT_SECRET",
    ]

    /// The names of the variables that belong to no setting, sorted. Names are compared as the system does, so a name in lower case belongs
    /// to no setting.
    package var unknown: [String] {
        let known = Set(Settings.all.map(\.variable) + Self.ofCommandLine)
        return names.filter { !known.contains($0) }
    }

    /// A line that names the variables that belong to no setting, at most 20 of them, and never their values; nil if there are none.
    public var warning: String? {
        let unknown = unknown
        guard !unknown.isEmpty else { return nil }
        let names = unknown.prefix(20).map { $0.line(limit: 100) }.joined(separator: ", ")
        return "ignored environment variables that belong to no setting: \(names)\(unknown.count > 20 ? ", ..." : "")"
    }

    /// The text of a setting's variable; nil if it is not set or empty, as Compose writes `NAME=${NAME:-}`.
    subscript(setting: SettingDescription) -> String? {
        let text = reader.string(forKey: ConfigKey(setting.name), isSecret: setting.isSecret)
        return text?.isEmpty == true ? nil : text
    }
}

import Configuration
import Foundation
public import Logging

/// What a server is started with: flags first, then `MESSAGING_...` environment variables, then defaults.
public struct ServerConfiguration: Sendable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 picks a free one.
    public var port: Int
    /// Requests a token may send in a minute.
    public var rateLimit: Int
    /// Seconds for which a new token is valid, 300 at least: some clients refresh 60 seconds ahead.
    public var tokenLifetime: Int
    /// Connections that are served at a time.
    public var maxConnections: Int
    /// Seconds that a request may take to arrive.
    public var requestTimeout: Int
    /// Seconds that a connection may stay open between requests.
    public var idleTimeout: Int
    /// Changes that each organization's history keeps.
    public var historyChanges: Int
    /// Days for which they are kept.
    public var historyDays: Int
    /// Seconds between two sweeps of expired tokens and of the history.
    public var sweepInterval: Int
    /// The least severe level that is logged.
    public var logLevel: Logger.Level
    /// The web origins whose pages may call the server, `https://console.example.com`.
    public var origins: Set<String>

    /// What the flags say; nil where a flag was not given.
    public struct Flags: Sendable {
        /// `--host`
        public var host: String?
        /// `--port`
        public var port: String?
        /// `--rate-limit`
        public var rateLimit: String?
        /// `--token-lifetime`
        public var tokenLifetime: String?
        /// `--max-connections`
        public var maxConnections: String?
        /// `--request-timeout`
        public var requestTimeout: String?
        /// `--idle-timeout`
        public var idleTimeout: String?
        /// `--history-changes`
        public var historyChanges: String?
        /// `--history-days`
        public var historyDays: String?
        /// `--sweep-interval`
        public var sweepInterval: String?
        /// `--log-level`
        public var logLevel: String?
        /// `--cors-origins`
        public var origins: String?

        /// No flags.
        public init() {}
    }

    /// Resolves every value. Throws a ``StartError`` for the first one that makes no sense.
    public init(_ flags: Flags, _ environment: Environment) throws(StartError) {
        host = flags.host ?? environment["host"] ?? "127.0.0.1"
        port = try Self.number("port", flags.port ?? environment["port"], default: 8080, in: 0...65_535)
        rateLimit = try Self.number(
            "rate-limit",
            flags.rateLimit ?? environment["rateLimit"],
            default: 300,
            in: 1...1_000_000_000
        )
        tokenLifetime = try Self.number(
            "token-lifetime",
            flags.tokenLifetime ?? environment["tokenLifetime"],
            default: 86_400,
            in: 300...31_536_000
        )
        maxConnections = try Self.number(
            "max-connections",
            flags.maxConnections ?? environment["maxConnections"],
            default: 10_000,
            in: 1...1_000_000
        )
        requestTimeout = try Self.number(
            "request-timeout",
            flags.requestTimeout ?? environment["requestTimeout"],
            default: 30,
            in: 1...3_600
        )
        idleTimeout = try Self.number(
            "idle-timeout",
            flags.idleTimeout ?? environment["idleTimeout"],
            default: 60,
            in: 1...3_600
        )
        historyChanges = try Self.number(
            "history-changes",
            flags.historyChanges ?? environment["historyChanges"],
            default: 100_000,
            in: 0...1_000_000_000
        )
        historyDays = try Self.number(
            "history-days",
            flags.historyDays ?? environment["historyDays"],
            default: 400,
            in: 1...100_000
        )
        sweepInterval = try Self.number(
            "sweep-interval",
            flags.sweepInterval ?? environment["sweepInterval"],
            default: 60,
            in: 1...86_400
        )
        let level = flags.logLevel ?? environment["logLevel"] ?? "info"
        guard let logLevel = Logger.Level(rawValue: level.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw StartError("log-level is \"\(level)\"; it can be \(levels)")
        }
        self.logLevel = logLevel
        origins = try Self.origins(flags.origins ?? environment["corsOrigins"] ?? "")
    }

    private static func origins(_ text: String) throws(StartError) -> Set<String> {
        let origins = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        for origin in origins {
            let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty, !parts[2].isEmpty else {
                throw StartError("cors-origins has \"\(origin)\"; an origin is like https://console.example.com")
            }
        }
        return Set(origins)
    }

    private static func number(
        _ name: String,
        _ text: String?,
        default value: Int,
        in range: ClosedRange<Int>
    ) throws(StartError) -> Int {
        guard let text else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw StartError("\(name) is \"\(text)\"; it can be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

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

    /// A value by its key, `rateLimit` for `MESSAGING_RATE_LIMIT`; nil when it is not set.
    public subscript(key: String) -> String? { reader.string(forKey: ConfigKey(key)) }

    /// A value that never appears in a description.
    public subscript(secret key: String) -> String? { reader.string(forKey: ConfigKey(key), isSecret: true) }
}

/// Why a server or a command did not start, in one line for a terminal.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    /// An error with this line.
    public init(_ description: String) { self.description = description }
}

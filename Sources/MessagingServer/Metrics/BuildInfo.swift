import MessagingContract

/// What a server was built from.
public struct BuildInfo: Sendable {
    /// Its version.
    public var version: String { Release.version }
    /// The commit of its sources; `unknown` when the build was not given one.
    public let commit: String
    /// The version of SQLite that is in it.
    public let sqlite: String

    /// A build from this commit with this SQLite.
    public init(commit: String, sqlite: String) {
        self.commit = commit
        self.sqlite = sqlite
    }

    /// How it was built.
    static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}

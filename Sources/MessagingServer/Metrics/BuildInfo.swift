import MessagingContract

/// The origin of a server's build.
public struct BuildInfo: Sendable {
    /// Its version.
    public var version: String { Release.version }
    /// The commit of its sources; `unknown` if the build was not given one.
    public let commit: String
    /// The version of the included SQLite.
    public let sqlite: String

    /// Creates a value for a build from this commit with this SQLite.
    public init(commit: String, sqlite: String) {
        self.commit = commit
        self.sqlite = sqlite
    }

    /// The configuration of the build.
    static var configuration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}

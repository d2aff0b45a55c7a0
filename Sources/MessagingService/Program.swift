import BuildCommit
import MessagingSQLite
import MessagingServer

/// This program, with its versions.
public enum Program {
    /// The version, the commit and the version of SQLite.
    static let build = BuildInfo(commit: String(cString: build_commit()), sqlite: SQLiteStore.engineVersion)

    /// The version, the commit and the version of SQLite, in one line.
    public static let version = "messaging-server \(build.version) (commit \(build.commit), SQLite \(build.sqlite))"
}

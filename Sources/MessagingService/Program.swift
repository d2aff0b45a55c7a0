import BuildCommit
import MessagingSQLite
import MessagingServer

/// This program.
public enum Program {
    /// What it was built from.
    static let build = BuildInfo(commit: String(cString: build_commit()), sqlite: SQLiteStore.engineVersion)

    /// Its version, its commit and the version of SQLite in it, in one line.
    public static let version = "messaging-server \(build.version) (commit \(build.commit), SQLite \(build.sqlite))"
}

import GRDB
public import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a restored database is.
public struct RestoreSummary: Hashable, Sendable {
    /// How many organizations it has.
    public let organizations: Int
    /// How many tokens the backup has, of clients that are in it, that are neither revoked in it nor expired.
    public let tokens: Int
    /// The keys without which secrets in it cannot be opened.
    public let keys: KeyUse
    /// Whether the file is one that a backup makes. Any other may be a copy that lacks what was in a log.
    public let isBackup: Bool
    /// Where the database is that was replaced; nil when there was none.
    public let replaced: String?
    /// Where the log is that was there, with a database or without; nil when there was none.
    public let replacedLog: String?
}

/// Restoring a database from a backup.
public enum Restore {
    /// Makes the database at a path from a backup. It has a new epoch, and no tokens unless `keepingTokens`.
    ///
    /// The backup is checked as a whole, indexes too, before anything of the database is touched. A database that is there is kept under
    /// another name, and only replaced when `replacing`. A crash at any moment leaves the old database or the new one, and the next
    /// process that opens it finishes what is decided. `given` are the keys that secrets can be opened with. Blocks the calling thread.
    ///
    /// Throws an ``OpenError`` when the database cannot be used, also while another process has it open, and a ``BackupError`` otherwise.
    public static func run(
        from backup: String,
        to database: String,
        replacing: Bool,
        keepingTokens: Bool,
        given: SealingKeys?
    ) throws -> RestoreSummary {
        let file = try DatabaseFile(database)
        try file.checkName()
        let replacement = Replacement(of: file)
        let lock = try ExclusiveLock.take(toVisit: file) { (_) throws(OpenError) in
            _ = try file.isThere()
            _ = try replacement.decision()
        }
        defer { lock.leave() }
        try lock.finish(replacement)
        guard try replacing || !file.isThere() else {
            throw BackupError(
                "there is a database at \(database) already; give --replace to replace it, and keep it beside"
            )
        }
        replacement.discard()
        do {
            let isBackup = try RestoreCopy.make(of: backup, to: replacement.draft, unless: file)
            let (content, epoch) = try prepare(
                replacement.draft,
                from: backup,
                keepingTokens: keepingTokens,
                given: given
            )
            let present = try SQLiteLock(file)
            defer { withExtendedLifetime(present) {} }
            try own(replacement.draft, file.owner)
            try replacement.decide(epoch: epoch)
            let kept = try lock.finish(replacement)
            return RestoreSummary(
                organizations: content.organizations,
                tokens: content.tokens,
                keys: content.keys,
                isBackup: isBackup,
                replaced: kept.database,
                replacedLog: kept.log
            )
        } catch {
            if !replacement.hasRecord { replacement.discard() }
            throw error
        }
    }

    /// Checks the whole copy, makes it another store than the one it is of, and returns its epoch.
    private static func prepare(
        _ draft: String,
        from backup: String,
        keepingTokens: Bool,
        given: SealingKeys?
    ) throws -> (content: DatabaseContent, epoch: String) {
        let content: DatabaseContent
        do throws(OpenError.Reason) {
            content = try DatabaseCheck.run(draft, .whole) { try DatabaseContent($0, given: given) }
        } catch {
            throw BackupError("cannot restore \(backup): \(error.explanation)")
        }
        do {
            let queue = try DatabaseQueue(path: draft, configuration: Connection.configuration)
            let epoch = try queue.writeWithoutTransaction { db in
                // A draft that is not finished is thrown away, so it needs no journal in a file.
                try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL")
                try db.inTransaction(.immediate) {
                    try db.execute(sql: Schema.renewal)
                    if !keepingTokens { try db.execute(sql: "DELETE FROM token") }
                    return .commit
                }
                return try String.fetchOne(db, sql: "SELECT epoch FROM store") ?? ""
            }
            try queue.close()
            return (content, epoch)
        } catch {
            throw BackupError("cannot write \(draft): \(cause(of: error))")
        }
    }

    /// Gives the prepared draft to the owner of the database, and makes it durable.
    private static func own(_ draft: String, _ owner: FileOwner?) throws(BackupError) {
        do throws(SystemError) {
            let file = try FileDescriptor(opening: draft, O_RDWR)
            owner?.take(file)
            try file.synchronize()
        } catch {
            throw BackupError("cannot write \(draft): \(error)")
        }
    }
}

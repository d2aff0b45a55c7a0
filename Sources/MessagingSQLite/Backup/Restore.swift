import GRDB
public import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The result of a restoration.
public struct RestoreSummary: Hashable, Sendable {
    /// The number of organizations in the database.
    public let organizations: Int
    /// The number of the backup's tokens that are neither revoked nor expired and whose clients exist in it.
    public let tokens: Int
    /// The keys that are needed to open secrets in it.
    public let keys: KeyUse
    /// Whether the file has the form of a backup. Any other file may be a copy that lacks the content of a log.
    public let isBackup: Bool
    /// The path of the replaced database; nil if there was none.
    public let replaced: String?
    /// The path of the log that existed, with a database or without; nil if there was none.
    public let replacedLog: String?
}

/// The restoration of a database from a backup.
public enum Restore {
    /// Makes the database at a path from a backup. It has a new epoch, and has the tokens only if `keepingTokens` is true.
    ///
    /// The whole backup is checked, including its indexes, before any file of the database is changed. An existing database is replaced
    /// only if `replacing` is true, and is kept under another name. A crash at any moment leaves the old database or the new one, and the
    /// next process that opens it finishes a decided restoration. `given` are the keys that can open secrets. Blocks the calling thread.
    ///
    /// Throws an ``OpenError`` if the database cannot be used, also because another process has it open. Throws a ``BackupError`` for any
    /// other reason.
    public static func run(
        from backup: String,
        to database: String,
        replacing: Bool,
        keepingTokens: Bool,
        given: SealingKeys?
    ) throws -> RestoreSummary {
        let file = try DatabaseFile(database)
        try file.checkName()
        let replacement = DatabaseReplacement(of: file)
        let lock = try ExclusiveLock.take(toVisit: file) { (_) throws(OpenError) in
            _ = try file.isThere()
            _ = try replacement.decision()
        }
        defer { lock.leave() }
        try lock.finish(replacement)
        guard try replacing || !file.isThere() else {
            throw BackupError(
                "there already is a database at \(database); use --replace to replace it and keep it under another name"
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

    /// Checks the whole copy, gives it a new epoch, and returns its content and its epoch.
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
            let queue = try DatabaseQueue(path: draft, configuration: DatabaseConnection.configuration)
            let epoch = try queue.writeWithoutTransaction { db in
                // An unfinished draft is deleted, so it needs no journal in a file.
                try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL")
                try db.inTransaction(.immediate) {
                    try db.execute(sql: DatabaseSchema.renewal)
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

    /// Makes the owner of the database the owner of the prepared draft, and makes the draft durable.
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

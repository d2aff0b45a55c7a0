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
    /// How many tokens the backup had.
    public let tokens: Int
    /// The keys without which secrets in it cannot be opened.
    public let keys: KeyUse
    /// Whether the file is one that a backup makes. Any other may be a copy that lacks what was in a log.
    public let isBackup: Bool
    /// Where the database is that was replaced, with its log if it had one; nil when there was none.
    public let replaced: String?
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
        let lock = try ExclusiveLock.take(toVisit: file) { (_) throws(OpenError) in _ = try file.isThere() }
        defer { lock.leave() }
        let replacement = Replacement(of: file)
        do {
            if replacement.isDecided { try lock.finish(replacement) }
            guard try replacing || !file.isThere() else {
                throw BackupError(
                    "there is a database at \(database) already; give --replace to replace it, and keep it beside"
                )
            }
            replacement.discard()
            let isBackup = try copy(backup, to: replacement.draft, unless: file)
            let content = try prepare(replacement.draft, from: backup, keepingTokens: keepingTokens, given: given)
            try replacement.decide()
            let replaced = try lock.finish(replacement)
            return RestoreSummary(
                organizations: content.organizations,
                tokens: content.tokens,
                keys: content.keys,
                isBackup: isBackup,
                replaced: replaced
            )
        } catch {
            replacement.discard()
            throw (error as? SystemError).map { BackupError("cannot restore to \(database): \($0)") } ?? error
        }
    }

    /// Copies the backup beside the database, and returns whether it says of itself that it needs no log.
    private static func copy(_ backup: String, to draft: String, unless database: DatabaseFile) throws -> Bool {
        let source = try DatabaseFile(backup)
        func refused(_ reason: String) -> BackupError { BackupError("cannot restore \(backup): \(reason)") }
        guard source.path != database.path else { throw refused("it is the database itself") }
        for log in [source.logPath, source.path + "-journal"] {
            var status = stat()
            guard stat(log, &status) != 0 || status.st_size == 0 else {
                throw refused(
                    "it has a log, \(log), so it is no backup; make one: messaging-server backup --database \(backup) FILE"
                )
            }
        }
        do {
            _ = try ExclusiveLock.existing(at: source.lockPath)
            guard try source.isThere() else { throw refused("there is no such file") }
            let input = try FileDescriptor(opening: source.path, O_RDONLY)
            let output = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL)
            let header = try input.read(at: 0, count: DatabaseHeader.length)
            if let objection = DatabaseHeader.objection(to: header) { throw refused(objection.explanation) }
            var offset: off_t = 0
            while true {
                let bytes = try input.read(at: offset, count: 1 << 20)
                if bytes.isEmpty { break }
                try output.write(bytes, at: offset)
                offset += off_t(bytes.count)
            }
            // There is no log that this could cut off, and a check then needs none.
            try DatabaseHeader.setRollbackMode(of: output)
            try output.synchronize()
            return DatabaseHeader.isInRollbackMode(header)
        } catch ExclusiveLock.Failure.held(let process) {
            throw refused("process \(process.map(String.init) ?? "unknown") has it open; make a backup of it instead")
        } catch let error as SystemError {
            throw refused("\(error)")
        }
    }

    /// Checks the whole copy, makes it another store than the one it is of, and makes that durable.
    private static func prepare(
        _ draft: String,
        from backup: String,
        keepingTokens: Bool,
        given: SealingKeys?
    ) throws -> DatabaseContent {
        let content: DatabaseContent
        do throws(OpenError.Reason) {
            content = try DatabaseCheck.run(draft, .whole) { try DatabaseContent($0, given: given) }
        } catch {
            throw BackupError("cannot restore \(backup): \(error.explanation)")
        }
        let queue = try DatabaseQueue(path: draft, configuration: Connection.configuration)
        do {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.inTransaction(.immediate) {
                    try db.execute(sql: Schema.renewal)
                    if !keepingTokens { try db.execute(sql: "DELETE FROM token") }
                    return .commit
                }
            }
            try queue.close()
        } catch {
            throw BackupError("cannot restore \(backup): \(cause(of: error))")
        }
        try FileDescriptor(opening: draft, O_RDWR).synchronize()
        return content
    }
}

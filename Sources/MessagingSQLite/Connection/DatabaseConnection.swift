import GRDB
import GRDBSQLite
import SQLiteClosing
import Synchronization

/// The one connection to a database: opening it with all necessary checks, checkpoints, and closing it.
enum DatabaseConnection {
    /// The number of pages after which the log is moved into the database: 2 MB and the transaction that exceeds it, so a write waits a few
    /// milliseconds for it.
    static let checkpointPages = 500
    /// The number of bytes to which SQLite cuts the log after one large transaction made it longer.
    static let logLimit = 64 << 20

    /// The number of frames in the log of a connection after its last COMMIT.
    final class LogLength: Sendable {
        let frames = Atomic(0)
    }

    /// Exclusive locking is set before the log is first read, so the index of the log is in memory and not in a shared file.
    static let configuration = configuration(keepsLog: false)
    /// The configuration of a connection whose log is kept when it is closed, also after an error during opening.
    private static let keepingLog = configuration(keepsLog: true)

    private static func configuration(keepsLog: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "messaging.sqlite"
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            if keepsLog { setKeepsLog(db, true) }
            try db.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA temp_store = MEMORY;
                    """
            )
        }
        return configuration
    }

    /// Opens an existing database, checks it, and durably moves the content of its log into it. So a power cut cannot undo a change that
    /// was read.
    ///
    /// A database that fails the checks is left unchanged, with its log. The connection writes to the database only in ``checkpoint(_:)``.
    /// Each COMMIT updates `length`, which must live as long as the connection.
    static func open(_ file: DatabaseFile, _ length: LogLength) throws(OpenError) -> DatabaseQueue {
        let hadLog = file.hasLog
        do {
            let queue = try DatabaseQueue(path: file.path, configuration: keepingLog)
            do {
                try queue.writeWithoutTransaction(check)
                try WriteAheadLog.rewrite(file.logPath)
                try queue.writeWithoutTransaction { db in
                    try prepare(db)
                    count(db, length)
                }
            } catch {
                abandon(queue)
                throw error
            }
            return queue
        } catch {
            if !hadLog { file.removeEmptyLog() }
            switch error {
            case let error as DatabaseError: throw file.refused(error.objection)
            case let reason as OpenError.Reason: throw file.refused(reason)
            default: throw file.refused(error)
            }
        }
    }

    /// Reads an existing database, with the content of its log, and leaves both unchanged. The caller has the lock.
    static func reading<Result, Failure: Error>(
        _ file: DatabaseFile,
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws -> Result {
        let hadLog = file.hasLog
        defer { if !hadLog { file.removeEmptyLog() } }
        let queue: DatabaseQueue
        do {
            queue = try DatabaseQueue(path: file.path, configuration: keepingLog)
        } catch {
            throw file.refused((error as? DatabaseError).map(\.objection) ?? .failed(cause: "\(error)"))
        }
        defer { abandon(queue) }
        return try queue.inDatabase { db in
            guard let connection = db.sqliteConnection else { throw file.refused(.failed(cause: "it is closed")) }
            return try body(connection)
        }
    }

    /// Closes a connection of ``open(_:_:)`` and leaves the database and its log unchanged. The log may have changes that are not on the
    /// disk, may have been replaced, or may belong to a database that must not be changed.
    static func abandon(_ queue: DatabaseQueue) { try? queue.close() }

    /// Closes a connection of ``open(_:_:)`` after its log was moved into the database, and deletes the log.
    static func close(_ queue: DatabaseQueue) throws {
        queue.inDatabase { db in setKeepsLog(db, false) }
        try queue.close()
    }

    private static func setKeepsLog(_ db: Database, _ keeps: Bool) {
        guard let connection = db.sqliteConnection else { return }
        _ = sqlite_set_keeps_log(connection, keeps ? 1 : 0)
    }

    /// Moves the log into the database as far as possible. Returns whether all of it was moved.
    static func checkpoint(_ queue: DatabaseQueue) -> Bool {
        let row = try? queue.writeWithoutTransaction { db in try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
        guard let row, let busy = row[0] as Int?, let frames = row[1] as Int?, let moved = row[2] as Int? else {
            return false
        }
        return busy == 0 && frames == moved
    }

    /// Counts frames in the hook that SQLite's own checkpoints use, and so replaces these.
    private static func count(_ db: Database, _ length: LogLength) {
        length.frames.store(0, ordering: .relaxed)
        sqlite3_wal_hook(
            db.sqliteConnection,
            { length, _, _, frames in
                guard let length else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(length).takeUnretainedValue().frames.store(
                    Int(frames),
                    ordering: .relaxed
                )
                return SQLITE_OK
            },
            Unmanaged.passUnretained(length).toOpaque()
        )
    }

    /// Opens a new database in memory.
    static func inMemory() throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: DatabaseSchema.creation)
            try makeFull(db)
        }
        return queue
    }

    private static func check(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if let objection = DatabaseHeader.objection(toVersion: version) { throw objection }
        let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        guard finding == "ok" else { throw OpenError.Reason.corrupt(cause: finding ?? "it cannot be checked") }
    }

    private static func prepare(_ db: Database) throws {
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else { throw OpenError.Reason.failed(cause: "its journal mode is \(mode ?? "unknown")") }
        try makeFull(db)
        try upgrade(db)
        try db.execute(
            sql: """
                PRAGMA journal_size_limit = \(logLimit);
                """
        )
        let blocked = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        guard blocked == 0 else { throw OpenError.Reason.failed(cause: "its log cannot be moved into it") }
    }

    /// Upgrades the tables of an older version to the present one, in one transaction with the version, so a crash leaves one of the two.
    /// Sorting uses temporary files, since the data may be larger than the memory.
    private static func upgrade(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let missing = DatabaseSchema.upgrades.dropFirst(version - 1)
        if missing.isEmpty { return }
        try db.execute(sql: "PRAGMA temp_store = FILE")
        try db.inTransaction(.immediate) {
            for upgrade in missing { try db.execute(sql: upgrade) }
            try db.execute(sql: "PRAGMA user_version = \(DatabaseSchema.version)")
            return .commit
        }
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
    }

    /// Sets a sync at every commit, and checks that SQLite accepted it.
    private static func makeFull(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
            throw OpenError.Reason.failed(cause: "SQLite does not write through to the disk (synchronous is not FULL)")
        }
    }
}

extension DatabaseError {
    /// The reason for refusing a database if opening it failed with this error.
    var objection: OpenError.Reason {
        switch resultCode {
        case .SQLITE_NOTADB: .notADatabase
        case .SQLITE_CORRUPT: .corrupt(cause: cause(of: self))
        case .SQLITE_BUSY: .inUse(process: nil)
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(cause: cause(of: self))
        default: .failed(cause: cause(of: self))
        }
    }
}

/// Returns an error as one line for the log, without the statement and its arguments.
func cause(of error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return "\(error.message ?? "SQLite failed") (SQLite \(error.extendedResultCode.rawValue))"
}

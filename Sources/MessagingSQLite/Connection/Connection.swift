import GRDB
import GRDBSQLite
import SQLiteClosing
import Synchronization

/// Opening the one connection, with everything checked that must hold before it is used.
enum Connection {
    /// How many pages the log collects before its content moves into the database: 2 MB, so that a write waits a few milliseconds for it.
    static let checkpointPages = 500
    /// A log that one large transaction made longer than this many bytes is cut back to it.
    static let logLimit = 64 << 20

    /// How many frames the log of a connection had after its last COMMIT.
    final class LogLength: Sendable {
        let frames = Atomic(0)
    }

    /// Exclusive locking comes before the first look at the log, so that its index is in memory and not in a shared file.
    static let configuration = configuration(keepsLog: false)
    /// The same for a connection that leaves its log when it is closed, also by an error while it is opened.
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

    /// Opens a database that is there, checks it, and moves all that its log holds into the database, durably, so that
    /// nothing can be read that a power cut could still take back.
    ///
    /// A database that does not pass is left as it is, with its log. The connection writes to the database in ``checkpoint(_:)`` only. Each
    /// COMMIT updates `length`, which has to live as long as the connection.
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

    /// Reads a database that is there, with all that its log holds, and leaves both as they are. The lock is the caller's.
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

    /// Closes a connection of ``open(_:_:)`` and leaves the database and its log as they are: the log may hold what is not on the disk, be
    /// another one by now, or belong to a database that is to stay untouched.
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

    /// Moves the log into the database as far as that can be done; returns whether all of it is there now.
    static func checkpoint(_ queue: DatabaseQueue) -> Bool {
        let row = try? queue.writeWithoutTransaction { db in try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
        }
        guard let row, let busy = row[0] as Int?, let frames = row[1] as Int?, let moved = row[2] as Int? else {
            return false
        }
        return busy == 0 && frames == moved
    }

    /// Takes the place of SQLite's own checkpoints, which begin in the same hook.
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
            try db.execute(sql: Schema.creation)
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

    /// Brings the tables of an older version to ours, in one transaction with the version, so that a crash leaves either. What has to
    /// be sorted for that goes through temporary files, since it may be more than there is memory.
    private static func upgrade(_ db: Database) throws {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let missing = Schema.upgrades.dropFirst(version - 1)
        if missing.isEmpty { return }
        try db.execute(sql: "PRAGMA temp_store = FILE")
        try db.inTransaction(.immediate) {
            for upgrade in missing { try db.execute(sql: upgrade) }
            try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
            return .commit
        }
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
    }

    /// Asks for a sync at every commit, and makes sure that SQLite took it.
    private static func makeFull(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
            throw OpenError.Reason.failed(cause: "SQLite does not write through to the disk (synchronous is not FULL)")
        }
    }
}

extension DatabaseError {
    /// What this error means when it came from opening a database.
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

/// An error in one line for the log, without the statement and its arguments.
func cause(of error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return "\(error.message ?? "SQLite failed") (SQLite \(error.extendedResultCode.rawValue))"
}

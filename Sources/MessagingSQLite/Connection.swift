import GRDB
import GRDBSQLite
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
    static let configuration: Configuration = {
        var configuration = Configuration()
        configuration.label = "messaging.sqlite"
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
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
    }()

    /// Opens a database that is there, checks it, and moves all that its log holds into the database, durably, so that
    /// nothing can be read that a power cut could still take back.
    ///
    /// A database that does not pass is left as it is, see ``abandon(_:)``. The connection writes to the database only when it is told
    /// to, by ``checkpoint(_:)``, and tells `length` of each COMMIT; `length` has to live as long as the connection.
    static func open(_ file: DatabaseFile, _ length: LogLength) throws(OpenError) -> DatabaseQueue {
        do {
            let queue = try DatabaseQueue(path: file.path, configuration: configuration)
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
        } catch let error as DatabaseError {
            throw file.refused(error.objection)
        } catch let reason as OpenError.Reason {
            throw file.refused(reason)
        } catch {
            throw file.refused(error)
        }
    }

    /// Reads a database that is there, with all that its log holds, and leaves both as they are. The lock is the caller's.
    static func reading<Result, Failure: Error>(
        _ file: DatabaseFile,
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws -> Result {
        let queue: DatabaseQueue
        do {
            queue = try DatabaseQueue(path: file.path, configuration: configuration)
        } catch {
            throw file.refused((error as? DatabaseError).map(\.objection) ?? .failed(cause: "\(error)"))
        }
        defer { abandon(queue) }
        return try queue.inDatabase { db in
            guard let connection = db.sqliteConnection else { throw file.refused(.failed(cause: "it is closed")) }
            return try body(connection)
        }
    }

    /// Closes without moving the log into the database, which closing does otherwise: being interrupted ends that before
    /// its first page. The log may hold what is not on the disk, or belong to a database that is to stay untouched.
    static func abandon(_ queue: DatabaseQueue) {
        queue.interrupt()
        try? queue.close()
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

import GRDBSQLite

/// SQLite's online backup of one open connection into a file: a few pages in each step. The connection may be used between the steps.
///
/// SQLite also writes each change of the same connection into the pages that were already copied, so the copy is that of the last step's
/// moment. A change that cannot be written there fails the copy and not the change.
///
/// It is not `Sendable`: only the thread that has the source connection may use it, and it must be closed before that connection.
final class PageCopy {
    /// The progress of a copy, in pages. The total grows with the database.
    struct Position {
        var done: Int
        var total: Int
        var isComplete: Bool
    }

    private var target: OpaquePointer?
    private var backup: OpaquePointer?
    private let path: String

    /// Begins a copy of the database of `source` into the empty draft of a file. The copy is not synced.
    init(of source: OpaquePointer, to file: BackupFile) throws(BackupError) {
        path = file.path
        var target: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX
        guard sqlite3_open_v2(file.draft, &target, flags, nil) == SQLITE_OK,
            // An unfinished copy is deleted, so it needs no journal.
            sqlite3_exec(target, "PRAGMA locking_mode = EXCLUSIVE", nil, nil, nil) == SQLITE_OK,
            sqlite3_exec(target, "PRAGMA journal_mode = OFF", nil, nil, nil) == SQLITE_OK,
            sqlite3_exec(target, "PRAGMA synchronous = OFF", nil, nil, nil) == SQLITE_OK,
            let backup = sqlite3_backup_init(target, "main", source, "main")
        else {
            let error = BackupError(
                "cannot write \(file.path): \(String(cString: sqlite3_errmsg(target))) (SQLite \(sqlite3_extended_errcode(target)))"
            )
            sqlite3_close_v2(target)
            throw error
        }
        self.target = target
        self.backup = backup
    }

    /// Copies at most so many pages. Throws if one cannot be read or written. The copy is then useless.
    func step(pages: Int) throws(BackupError) -> Position {
        let code = sqlite3_backup_step(backup, Int32(clamping: pages))
        let total = Int(sqlite3_backup_pagecount(backup))
        let done = total - Int(sqlite3_backup_remaining(backup))
        switch code {
        case SQLITE_OK: return Position(done: done, total: total, isComplete: false)
        case SQLITE_DONE: return Position(done: total, total: total, isComplete: true)
        default:
            let what = code & 0xFF == SQLITE_FULL ? "write" : "copy the database to"
            throw BackupError("cannot \(what) \(path): \(String(cString: sqlite3_errstr(code))) (SQLite \(code))")
        }
    }

    /// Ends the copy, finished or not, and closes its file. Closing again does nothing.
    func close() {
        sqlite3_backup_finish(backup)
        backup = nil
        sqlite3_close_v2(target)
        target = nil
    }

    deinit { close() }
}

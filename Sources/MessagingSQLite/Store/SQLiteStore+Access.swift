import GRDB
import Logging
import MessagingCore

extension SQLiteStore {
    /// Runs `body`, which only reads.
    func access<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        let queue = try connection()
        do {
            return try queue.writeWithoutTransaction(body)
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            let cause = cause(of: error)
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                checkFiles()
                if case .lost(_, let cause, _) = state { throw .unavailable(cause: cause) }
                throw .corrupt(cause: cause)
            case .SQLITE_NOMEM: break
            default: breakConnection(cause)
            }
            throw .unavailable(cause: cause)
        } catch {
            throw .unavailable(cause: cause(of: error))
        }
    }

    /// Runs `body` in a transaction, and commits it durably or rolls it back, as `body` returns. A commit is only reported as committed if
    /// it went to the files at their paths.
    ///
    /// SQLITE_FULL at COMMIT means not written. It comes from writing a frame to the log. The frame that marks the commit is the last to be
    /// written, and each frame is valid only as a whole (its checksum continues that of the frame before). With the power-safe overwrite
    /// that SQLite's unix layer assumes, only the sync follows that frame, and no write. A full disk that is noticed as late as the sync is
    /// reported as SQLITE_IOERR_FSYNC. Like every other error at COMMIT, that means unknown.
    func write<T>(_ body: (Database) throws -> (result: T, commit: Bool)) throws(WriteFailure) -> T {
        let queue: DatabaseQueue
        do {
            queue = try connection()
        } catch {
            throw .notWritten(cause: error.cause)
        }
        var isSent = false
        let result: T
        do {
            result = try queue.writeWithoutTransaction { db in
                do {
                    try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
                    let (result, commit) = try body(db)
                    let end = try db.cachedStatement(sql: commit ? "COMMIT" : "ROLLBACK")
                    isSent = commit
                    try end.execute()
                    return result
                } catch {
                    if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") }
                    throw error
                }
            }
        } catch {
            let cause = cause(of: error)
            let code = (error as? DatabaseError)?.resultCode
            logger.error(
                "Could not complete a transaction",
                metadata: ["cause": "\(cause)", "commit sent": "\(isSent)"]
            )
            if let code, code == .SQLITE_FULL || (!isSent && code.leavesConnectionSound) {
                if code == .SQLITE_FULL { noteFull(cause) }
                checkFilesAfterRollback()
                throw .notWritten(cause: cause)
            }
            breakConnection(cause)
            throw isSent ? .unknown(cause: cause) : .notWritten(cause: cause)
        }
        if isSent { try checkFilesAfterCommit(queue) } else { checkFilesAfterRollback() }
        if isSent { idleChecks = 0 }
        return result
    }
}

extension StoreError {
    fileprivate var cause: String {
        switch self {
        case .unavailable(let cause), .corrupt(let cause): cause
        }
    }
}

extension ResultCode {
    /// Whether a statement that failed with this primary code leaves the file and the connection usable.
    fileprivate var leavesConnectionSound: Bool {
        switch self {
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_NOMEM: true
        default: false
        }
    }
}

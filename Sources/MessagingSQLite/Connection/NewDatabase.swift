import GRDB

/// A new database, made under another name and moved into place complete. So a file at the path is always complete: a crash at any moment
/// leaves either no file there or a stamped database.
enum NewDatabase {
    /// Makes the database, durable and of mode 0600. The caller has the lock, and at most an empty file exists at the path.
    static func create(_ file: DatabaseFile) throws {
        try WholeFile.make(file.path, in: file.directory, companions: ["-journal", "-wal"]) { draft in
            let queue = try DatabaseQueue(path: draft, configuration: DatabaseConnection.configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.inTransaction(.immediate) {
                    try db.execute(sql: DatabaseSchema.creation)
                    return .commit
                }
                try db.execute(sql: "PRAGMA journal_mode = WAL")
            }
            try queue.close()
        }
    }
}

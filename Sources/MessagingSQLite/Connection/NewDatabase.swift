import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A new database, made under another name and moved into place complete. So a file at the path is always complete: a crash at any moment
/// leaves either no file there or a stamped database.
enum NewDatabase {
    /// Makes the database, durable and of mode 0600. The caller has the lock, and at most an empty file exists at the path.
    static func create(_ file: DatabaseFile) throws {
        let draft = file.path + ".new"
        discard(draft)
        do {
            _ = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL)
            let queue = try DatabaseQueue(path: draft, configuration: Connection.configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.inTransaction(.immediate) {
                    try db.execute(sql: Schema.creation)
                    return .commit
                }
                try db.execute(sql: "PRAGMA journal_mode = WAL")
            }
            try queue.close()
            try FileDescriptor(opening: draft, O_RDWR).synchronize()
            guard rename(draft, file.path) == 0 else { throw SystemError() }
            try FileDescriptor(opening: file.directory, O_RDONLY).synchronize()
        } catch {
            discard(draft)
            throw error
        }
    }

    private static func discard(_ draft: String) {
        for suffix in ["", "-journal", "-wal"] { unlink(draft + suffix) }
    }
}

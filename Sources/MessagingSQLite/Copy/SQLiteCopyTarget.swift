import GRDB
public import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A new database as the target of a copy. Until it is complete it has another name, `.copying`, under which the next copy finds it again.
public final class SQLiteCopyTarget: CopyTarget {
    private let file: DatabaseFile
    private let lock: ExclusiveLock
    private let database: CopiedDatabase

    private var draft: String { file.copyPath }

    /// Makes the draft of the database at a path, or opens that of an interrupted copy. While the value exists, no other process uses the
    /// database. Throws one line if there already is a database, or if there cannot be one.
    public init(_ path: String) throws {
        let (file, lock) = try Self.lock(path)
        (self.file, self.lock) = (file, lock)
        do {
            database = CopiedDatabase(queue: try Self.open(file.copyPath))
        } catch {
            lock.leave()
            throw file.refused(error)
        }
    }

    /// Throws one line if there already is a database, or if there cannot be one. Changes nothing.
    public static func check(_ path: String) throws(OpenError) { try lock(path).lock.leave() }

    private static func lock(_ path: String) throws(OpenError) -> (file: DatabaseFile, lock: ExclusiveLock) {
        let file = try DatabaseFile(path)
        try file.checkName()
        let replacement = DatabaseReplacement(of: file)
        let lock = try ExclusiveLock.take(toVisit: file) { (_) throws(OpenError) in
            guard try replacement.decision() == nil, try file.inspect() == .new else {
                throw file.refused(.failed(cause: "there already is a database, and a copy needs a new one"))
            }
        }
        return (file, lock)
    }

    deinit {
        try? database.queue.close()
        lock.leave()
    }

    /// Opens a draft, with its tables. A draft needs no sync before it is complete: after a power cut its check would find any damage.
    private static func open(_ draft: String) throws -> DatabaseQueue {
        var found = stat()
        if lstat(draft, &found) != 0 {
            _ = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
        }
        try FileRule.database.check(draft)
        let queue = try DatabaseQueue(path: draft, configuration: DatabaseConnection.configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = OFF")
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if version == 0 {
                try db.inTransaction(.immediate) {
                    try db.execute(sql: DatabaseSchema.creation)
                    return .commit
                }
            } else if version != DatabaseSchema.version {
                throw BackupError("another version of this program began the copy: delete \(draft)")
            } else if try String.fetchOne(db, sql: "PRAGMA quick_check(1)") != "ok" {
                throw BackupError("the unfinished copy is damaged: delete \(draft)")
            }
        }
        return queue
    }

    public func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try database.rows(of: table, after: key)
    }

    public func replace(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) throws(StoreError) {
        try database.replace(table, after: first, through: last, with: rows)
    }

    /// Checks the whole draft, makes it durable, and gives it its name.
    public func finish() throws(StoreError) {
        do {
            try database.queue.close()
            do throws(OpenError.Reason) { try DatabaseCheck.run(draft, .whole) { _ in } } catch {
                throw BackupError("the copy is damaged (\(error.explanation)): delete \(draft)")
            }
            let written = try FileDescriptor(opening: draft, O_RDWR)
            file.owner?.take(written)
            try written.synchronize()
            guard rename(draft, file.path) == 0 else { throw SystemError() }
        } catch let error as BackupError {
            throw .corrupt(cause: error.description)
        } catch {
            throw .unavailable(cause: "cannot finish \(draft): \(cause(of: error))")
        }
        do throws(SystemError) { try FileDescriptor(opening: file.directory, O_RDONLY).synchronize() } catch {
            throw .corrupt(cause: "the copy is complete, but may not survive a power cut: \(file.directory): \(error)")
        }
    }
}

import GRDB
public import MessagingCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A new database as the target of a copy. Until it is complete it has another name, ``draft``, under which the next copy finds it again.
public final class SQLiteCopyTarget: CopyTarget {
    private let file: DatabaseFile
    private let lock: ExclusiveLock
    private let database: CopiedDatabase

    private var draft: String { Self.draft(of: file) }

    private static func draft(of file: DatabaseFile) -> String { file.path + ".copying" }

    /// Makes the draft of the database at a path, or opens that of an interrupted copy. While the value exists, no other process uses the
    /// database. Throws one line if there already is a database, or if there cannot be one.
    public init(_ path: String) throws {
        let (file, lock) = try Self.lock(path)
        (self.file, self.lock) = (file, lock)
        do {
            database = CopiedDatabase(queue: try Self.open(Self.draft(of: file)))
        } catch {
            lock.leave()
            throw file.refused(error)
        }
    }

    /// Throws what ``init(_:)`` would throw, and changes nothing.
    public static func check(_ path: String) throws(OpenError) { try lock(path).lock.leave() }

    private static func lock(_ path: String) throws(OpenError) -> (file: DatabaseFile, lock: ExclusiveLock) {
        let file = try DatabaseFile(path)
        try file.checkName()
        let replacement = DatabaseReplacement(of: file)
        let lock = try ExclusiveLock.take(toVisit: file) { (_) throws(OpenError) in
            guard try replacement.decision() == nil, try file.inspect(create: false) == .new else {
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
                throw BackupError("another version of this program began the copy in \(draft): delete that file")
            }
        }
        return queue
    }

    public func count(of table: CopiedTable) throws(StoreError) -> Int { try database.count(of: table) }

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
            try DatabaseCheck.run(draft, .whole) { _ in }
            let written = try FileDescriptor(opening: draft, O_RDWR)
            file.owner?.take(written)
            try written.synchronize()
            guard rename(draft, file.path) == 0 else { throw SystemError() }
            try FileDescriptor(opening: file.directory, O_RDONLY).synchronize()
        } catch {
            throw .unavailable(
                cause: "cannot finish \(draft): \((error as? OpenError.Reason)?.explanation ?? cause(of: error))"
            )
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The database and its log that SQLite has open, with checks whether their paths still lead to them.
///
/// SQLite writes to the database only in a checkpoint, and the store begins each checkpoint. So between two checkpoints the size and the
/// modification time of the database do not change. The log changes only with transactions of the store, and with each of them.
///
/// No check opens the database: closing any descriptor of that file would end SQLite's locks on it. Nothing locks the log.
struct WatchedFiles {
    /// A difference from the state in which the store left the files.
    struct Difference: Error, CustomStringConvertible {
        let description: String
        /// Whether the log is gone and the database is unchanged, so the open log may be moved into it.
        var onlyTheLogIsGone = false
    }

    /// The system's data about a path.
    private struct Sight {
        let device: dev_t
        let inode: ino_t
        let size: off_t
        let seconds: Int
        let nanoseconds: Int

        init?(_ path: String) {
            var status = stat()
            // A string that is passed directly is copied.
            guard path.withCString({ lstat($0, &status) }) == 0 else { return nil }
            self.init(status)
        }

        init(_ status: stat) {
            device = status.st_dev
            inode = status.st_ino
            size = status.st_size
            #if canImport(Darwin)
                let modified = status.st_mtimespec
            #else
                let modified = status.st_mtim
            #endif
            seconds = modified.tv_sec
            nanoseconds = modified.tv_nsec
        }

        func isSameFile(as other: Sight) -> Bool { device == other.device && inode == other.inode }
        func isSameTime(as other: Sight) -> Bool {
            seconds == other.seconds && nanoseconds == other.nanoseconds
        }
    }

    /// The frames of the log since its last restart: their number, and the salts that each of them carries.
    private struct Frames {
        let salts: UInt64
        var count: Int
    }

    private let databasePath: String
    private let logPath: String
    private let descriptor: FileDescriptor
    private let frameSize: Int
    private var database: Sight
    private var log: Sight
    private var frames: Frames?

    /// Notes the files that SQLite has just opened. Throws if one of them does not exist.
    init(_ file: DatabaseFile, pageSize: Int) throws(SystemError) {
        databasePath = file.path
        logPath = file.logPath
        frameSize = pageSize + Self.frameHeader
        guard let database = Sight(file.path) else { throw SystemError() }
        self.database = database
        descriptor = try FileDescriptor(opening: file.logPath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        log = Sight(try descriptor.status())
    }

    /// Compares both files with the state in which the store left them, between its transactions.
    func check() throws(Difference) {
        try checkDatabase()
        let found = try checkLog(atLeast: log.size)
        guard found.isSameTime(as: log) else { throw Difference(description: "another program wrote to the log") }
    }

    /// Compares both files after a COMMIT that left the log with `count` frames.
    mutating func checkAfterCommit(frames count: Int) throws(Difference) {
        try checkDatabase()
        try noteLog(frames: count)
        try checkFrames(count)
    }

    /// Compares the log after a transaction that was rolled back, and may have written to it.
    mutating func checkAfterRollback() throws(Difference) { try noteLog(frames: 0) }

    /// Notes the database as a checkpoint of the store left it.
    mutating func noteCheckpoint() throws(Difference) {
        guard let found = Sight(databasePath) else { throw Difference(description: "the database is gone") }
        guard found.isSameFile(as: database) else { throw Difference(description: "the database was replaced") }
        guard found.size >= database.size else { throw Difference(description: "the database was cut off") }
        database = found
        frames = nil
    }

    /// Compares the files as far as possible while SQLite has neither of them open.
    func checkClosed() throws(Difference) {
        guard let found = Sight(databasePath) else { throw Difference(description: "the database is gone") }
        guard found.isSameFile(as: database) else { throw Difference(description: "the database was replaced") }
        guard found.size >= database.size else { throw Difference(description: "the database was cut off") }
        guard let found = Sight(logPath) else { throw Difference(description: "the log is gone") }
        guard found.isSameFile(as: log) else { throw Difference(description: "the log was replaced") }
    }

    private func checkDatabase() throws(Difference) {
        guard let found = Sight(databasePath) else { throw Difference(description: "the database is gone") }
        guard found.isSameFile(as: database) else { throw Difference(description: "the database was replaced") }
        guard found.size >= database.size else { throw Difference(description: "the database was cut off") }
        guard found.size == database.size, found.isSameTime(as: database) else {
            throw Difference(description: "another program wrote to the database")
        }
    }

    private func checkLog(atLeast size: off_t) throws(Difference) -> Sight {
        guard let found = Sight(logPath) else {
            throw Difference(description: "the log is gone", onlyTheLogIsGone: (try? checkDatabase()) != nil)
        }
        guard found.isSameFile(as: log) else { throw Difference(description: "the log was replaced") }
        guard found.size >= size else { throw Difference(description: "the log was cut off") }
        return found
    }

    /// Notes the size of the log, and throws if it is too short. SQLite itself truncates a log above its limit, to the limit or to the
    /// frames in use.
    private mutating func noteLog(frames count: Int) throws(Difference) {
        let needed = off_t(Self.logHeader) * (count > 0 ? 1 : 0) + off_t(count) * off_t(frameSize)
        log = try checkLog(atLeast: max(needed, min(log.size, off_t(DatabaseConnection.logLimit))))
    }

    /// Checks the frame that was the last one before this commit. A log that was truncated meanwhile is long enough again, but has a hole
    /// there.
    private mutating func checkFrames(_ count: Int) throws(Difference) {
        if count == 0 { return }
        if let known = frames {
            let place = off_t(Self.logHeader) + off_t(known.count - 1) * off_t(frameSize) + off_t(Self.frameSalts)
            if word(at: place) == known.salts {
                frames?.count = count
                return
            }
        }
        guard let salts = word(at: off_t(Self.logSalts)), salts != 0, salts != frames?.salts else {
            throw Difference(description: "the log was cut off")
        }
        frames = Frames(salts: salts, count: count)
    }

    private func word(at offset: off_t) -> UInt64? {
        var word: UInt64 = 0
        return withUnsafeMutableBytes(of: &word) { (try? descriptor.read(into: $0, at: offset)) == 8 } ? word : nil
    }

    /// The format of the log: https://sqlite.org/fileformat2.html#the_write_ahead_log
    private static let logHeader = 32
    private static let logSalts = 16
    private static let frameHeader = 24
    private static let frameSalts = 8
}

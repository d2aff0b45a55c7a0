import Foundation
import GRDB
import GRDBSQLite
public import Logging
public import MessagingCore
import Synchronization

/// The embedded engine: one SQLite file, one connection, one process.
///
/// A commit that is reported committed is on the disk. After an error that leaves open what is on the disk, nothing is
/// answered from the connection any more: the next call, at most one in 100 ms, closes it, opens the file again, checks
/// it, and makes its log durable; until that succeeds every call is answered ``StoreError/unavailable(cause:)``. When the database or its
/// log is not the file any more that was opened, or another program wrote to it, every call is answered so for good.
public actor SQLiteStore: Store {
    enum State {
        case open(DatabaseQueue)
        case broken(DatabaseQueue?, cause: String)
        /// The files are not what they were; nothing ends this but ``close()``.
        case lost(DatabaseQueue, cause: String, isSaved: Bool)
        case closed
    }

    /// Where the database is, under which lock; nil in memory.
    struct Place {
        let file: DatabaseFile
        let lock: ExclusiveLock
    }

    /// Made with the database.
    public nonisolated let epoch: String

    /// The name by which this process leases effects.
    let leaseholder = UUID().uuidString

    /// For clients that were issued tokens lately, a number of tokens that are not expired which is never too small: what was counted
    /// once, and those that came since. So the rows are counted again only when there may be too many.
    var tokenCounts = RecentlyUsed<TokenOwner, Int>(capacity: 8_192)

    private let lane = Lane(label: "messaging.sqlite.store")
    let logger: Logger
    var state: State { didSet { publish() } }
    var place: Place?
    /// nil in memory.
    var files: WatchedFiles?
    let logLength: Connection.LogLength
    /// Whether the log is long, and about to be moved into the database.
    var isCheckpointDue = false
    /// Whether a transaction or a look at the disk found no room, and no look found it since.
    var isFull = false { didSet { if isFull != oldValue { publish() } } }
    /// How many calls of ``check()`` found that nothing was committed since the last look at the disk. The first call looks.
    var idleChecks = SQLiteStore.idleChecksBetweenLooks
    private var nextAttempt = ContinuousClock.now
    private nonisolated let takesWrites = Atomic(true)
    /// The backup that is running; it ends before the connection does.
    var copy: PageCopy?

    /// The long reads of histories that run at a time.
    nonisolated let pageGate = ReadGate(limit: 2)
    /// What is remembered of earlier pages of histories.
    var changeLists = ChangeLists()
    private nonisolated let turnCount = Atomic(0)

    /// How often the store's one connection was used. Each use is short, whatever is asked: another call never waits for longer than
    /// what came before it takes in one use.
    package nonisolated var turns: Int { turnCount.load(ordering: .relaxed) }

    /// The queue of this store; its calls block no thread of the caller.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

    /// The same queue, for what prepares a commit.
    public nonisolated var taskExecutor: (any TaskExecutor)? { lane }

    private init(_ queue: DatabaseQueue, place: Place?, _ logLength: Connection.LogLength, logger: Logger) throws {
        epoch = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "SELECT epoch FROM store") } ?? ""
        files = try place.map { try Self.watched($0.file, queue) }
        self.state = .open(queue)
        self.place = place
        self.logLength = logLength
        self.logger = logger
    }

    /// Opens the database at `path`, or makes one, of mode 0600, where there is nothing or an empty file.
    ///
    /// `<path>.mark` says that a database was made. Where it is and the database is not, one is made only when `create` says so. While
    /// the database is open, `<path>.lock` is there and locked, and holds the id of this process. Blocks the calling thread. Throws when
    /// the file cannot be used, without having changed it.
    public static func open(path: String, create: Bool = false, logger: Logger) throws(OpenError) -> SQLiteStore {
        let file = try DatabaseFile(path)
        try file.checkName()
        let isReplaced = Replacement(of: file).hasRecord
        let lock = try ExclusiveLock.take(for: file, create: create)
        if isReplaced { logger.notice("Finished the restoration that was interrupted", metadata: ["path": "\(path)"]) }
        Replacement(of: file).discard()
        do {
            if try file.inspect(create: create) == .new { try NewDatabase.create(file) }
            let length = Connection.LogLength()
            let queue = try Connection.open(file, length)
            do {
                try lock.claim()
                if !file.mark.isThere { try file.mark.write(Date()) }
                let store = try SQLiteStore(queue, place: Place(file: file, lock: lock), length, logger: logger)
                try lock.claim(hasLog: true)
                return store
            } catch {
                // The log is empty by now.
                try? Connection.close(queue)
                throw error
            }
        } catch {
            lock.leave()
            throw file.refused(error)
        }
    }

    /// The absolute path, without links, of the database that `path` leads to, whether it is there or not; nil when no database can be there.
    package static func resolvedPath(_ path: String) -> String? { (try? DatabaseFile(path))?.path }

    /// Whether there is anything at the path of a database, or a database that a restoration is about to put there.
    public static func isDatabase(at path: String) -> Bool {
        if FileManager.default.fileExists(atPath: path) { return true }
        guard let file = try? DatabaseFile(path) else { return false }
        return Replacement(of: file).hasRecord
    }

    static func watched(_ file: DatabaseFile, _ queue: DatabaseQueue) throws -> WatchedFiles {
        let size = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA page_size") }
        return try WatchedFiles(file, pageSize: size ?? 4_096)
    }

    /// A database of its own, empty, in memory; gone when the store is.
    public static func inMemory(
        logger: Logger = Logger(label: "messaging.sqlite")
    ) throws(OpenError) -> SQLiteStore {
        do {
            return try SQLiteStore(try Connection.inMemory(), place: nil, Connection.LogLength(), logger: logger)
        } catch {
            throw OpenError(path: "a database in memory", reason: .failed(cause: cause(of: error)))
        }
    }

    /// Closes the database and gives up its lock, after the calls that came before. Every later call is answered
    /// ``StoreError/unavailable(cause:)``. Closing again does nothing.
    ///
    /// When the files are not what they were, they are left alone, and so is the lock, by which the next start knows that there was a log.
    public func close() {
        endCopy()
        var isWhole = true
        checkFiles()
        switch state {
        case .open(let queue):
            try? place?.lock.claim()
            do { try Connection.close(queue) } catch {
                logger.error("database not closed", metadata: ["cause": "\(cause(of: error))"])
            }
        case .broken(let queue, _):
            if let queue { Connection.abandon(queue) }
            isWhole = place?.file.hasLog ?? true
        case .lost(let queue, _, let isSaved):
            Connection.abandon(queue)
            isWhole = isSaved
        case .closed: break
        }
        state = .closed
        if isWhole { place?.lock.release() }
        place = nil
        files = nil
    }

    /// Whether a write may succeed, as far as is known without asking SQLite.
    public nonisolated var canWrite: Bool { takesWrites.load(ordering: .relaxed) }

    private func publish() {
        var canWrite = !isFull
        if case .open = state {} else { canWrite = false }
        takesWrites.store(canWrite, ordering: .relaxed)
    }

    /// The version of SQLite.
    public static let engineVersion = String(cString: sqlite3_libversion())

    /// What `PRAGMA synchronous` answers now: 2 is FULL.
    public func synchronous() throws(StoreError) -> Int {
        try access { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// The connection, opened again when it was broken.
    func connection() throws(StoreError) -> DatabaseQueue {
        turnCount.add(1, ordering: .relaxed)
        switch state {
        case .open(let queue):
            return queue
        case .closed:
            throw .unavailable(cause: "the store is closed")
        case .lost(_, let cause, _):
            throw .unavailable(cause: cause)
        case .broken(let queue, let cause):
            guard ContinuousClock.now >= nextAttempt else { throw .unavailable(cause: cause) }
            nextAttempt = .now + .milliseconds(100)
            return try reopen(queue, after: cause)
        }
    }

    /// From here on nothing is answered before the database has been opened again.
    func breakConnection(_ cause: String) {
        guard case .open(let queue) = state, place != nil else { return }
        endCopy()
        logger.critical("database connection broken", metadata: ["cause": "\(cause)"])
        state = .broken(queue, cause: cause)
    }

    private func reopen(_ broken: DatabaseQueue?, after cause: String) throws(StoreError) -> DatabaseQueue {
        guard let file = place?.file else { throw .unavailable(cause: cause) }
        if let broken { Connection.abandon(broken) }
        do throws(OpenError) {
            do throws(WatchedFiles.Difference) { try files?.checkClosed() } catch {
                throw file.refused(.failed(cause: error.description))
            }
            guard try file.inspect() == .ours else { throw file.refused(.failed(cause: "it is gone")) }
            let queue = try Connection.open(file, logLength)
            do { files = try Self.watched(file, queue) } catch {
                Connection.abandon(queue)
                throw file.refused(error)
            }
            noteRoom()
            state = .open(queue)
            logger.notice("database open again", metadata: ["path": "\(file.path)"])
            return queue
        } catch {
            if error.description != cause {
                logger.error("database not open again", metadata: ["cause": "\(error)"])
            }
            state = .broken(nil, cause: error.description)
            throw .unavailable(cause: error.description)
        }
    }
}

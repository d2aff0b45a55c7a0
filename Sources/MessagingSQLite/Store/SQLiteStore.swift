import Foundation
import GRDB
import GRDBSQLite
public import Logging
public import MessagingCore
import Synchronization

/// The embedded engine: one SQLite file, one connection, one process.
///
/// A commit with the outcome committed is on the disk. After an error that leaves the state of the disk unknown, the connection serves no
/// call. The next call, at most one in 100 ms, closes it, opens the file again, checks it, and makes its log durable. Until that succeeds,
/// every call throws ``StoreError/unavailable(cause:)``. If the database or its log was replaced, or another program wrote to it, every
/// later call throws this error.
public actor SQLiteStore: Store {
    enum State {
        case open(DatabaseQueue)
        case broken(DatabaseQueue?, cause: String)
        /// The files were changed from outside. Only ``close()`` ends this state.
        case lost(DatabaseQueue, cause: String, isSaved: Bool)
        case closed
    }

    /// The path of the database, with its lock; nil in memory.
    struct LockedFile {
        let file: DatabaseFile
        let lock: ExclusiveLock
    }

    /// The epoch that is stored in the database.
    public nonisolated let epoch: String

    /// The name of this process in leases of effects.
    let leaseholder = UUID().uuidString

    /// An upper bound of the number of valid tokens, for clients that recently got a token: a count, and the tokens inserted since, even if
    /// their transaction failed. So the rows are counted again only if a client may have too many.
    var tokenCounts = RecentlyUsed<TokenOwner, Int>(capacity: 8_192)

    let lane = Lane(label: "messaging.sqlite.store")
    let logger: Logger
    var state: State { didSet { publish() } }
    var lockedFile: LockedFile?
    /// The checks of the files; nil in memory.
    var files: WatchedFiles?
    let logLength: DatabaseConnection.LogLength
    /// Whether the log is long, and is about to be moved into the database.
    var isCheckpointDue = false
    /// Whether a transaction or a check of the disk found no room, and no later check found it.
    var isFull = false { didSet { if isFull != oldValue { publish() } } }
    /// The number of calls of ``check()`` since the last check of the disk or the last commit. The first call checks the disk.
    var idleChecks = SQLiteStore.idleChecksBetweenLooks
    let surroundings: Surroundings
    private var nextAttempt: ContinuousClock.Instant
    private nonisolated let takesWrites = Atomic(true)
    /// The writes that wait for the transaction that is being prepared or runs. A caller gets the outcome, or nil when it has to make the
    /// next transaction.
    var waitingWrites = WaitingSharedWrites<CheckedContinuation<WriteOutcome?, Never>>()
    /// The running backup. It ends before the connection does.
    var copy: PageCopy?

    /// The limit on concurrent long reads of histories.
    nonisolated let pageGate = ReadGate(limit: 2)
    /// The lists of changes from earlier pages of histories.
    var changeLists = ChangeLists()
    private nonisolated let turnCount = Atomic(0)

    /// The number of uses of the store's one connection. Each use is short, so a call waits only for the uses before it.
    package nonisolated var turns: Int { turnCount.load(ordering: .relaxed) }

    /// The queue of this store. Its calls block no thread of the caller.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

    /// The same queue, for tasks that prepare a commit.
    public nonisolated var taskExecutor: (any TaskExecutor)? { lane }

    /// Nil, since one process at a time has the database open.
    public nonisolated var sharedRevisions: (any SharedRevisions)? { nil }

    private init(
        _ queue: DatabaseQueue,
        lockedFile: LockedFile?,
        _ logLength: DatabaseConnection.LogLength,
        _ surroundings: Surroundings,
        logger: Logger
    ) throws {
        epoch = try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "SELECT epoch FROM store") } ?? ""
        files = try lockedFile.map { try Self.watched($0.file, queue) }
        self.state = .open(queue)
        self.lockedFile = lockedFile
        self.logLength = logLength
        self.logger = logger
        self.surroundings = surroundings
        nextAttempt = surroundings.instant()
    }

    /// Opens the database at `path`, or creates one of mode 0600 if there is no file or an empty one. Blocks the calling thread. Throws if
    /// the file cannot be used, without having changed it.
    ///
    /// `<path>.mark` records that a database was created. If it exists and the database does not, a new database is created only if
    /// `create` is true. While the database is open, `<path>.lock` exists, is locked, and has the id of this process.
    public static func open(
        path: String,
        create: Bool = false,
        in surroundings: Surroundings = .system,
        logger: Logger
    ) throws(OpenError) -> SQLiteStore {
        let file = try DatabaseFile(path)
        try file.checkName()
        let isReplaced = DatabaseReplacement(of: file).hasRecord
        let lock = try ExclusiveLock.take(for: file, create: create)
        if isReplaced { logger.notice("Finished the restoration that was interrupted", metadata: ["path": "\(path)"]) }
        DatabaseReplacement(of: file).discard()
        do {
            if try file.inspect(create: create) == .new { try NewDatabase.create(file) }
            let length = DatabaseConnection.LogLength()
            let queue = try DatabaseConnection.open(file, length)
            do {
                try lock.claim()
                if !file.mark.isThere { try file.mark.write(surroundings.now(nil)) }
                let store = try SQLiteStore(
                    queue,
                    lockedFile: LockedFile(file: file, lock: lock),
                    length,
                    surroundings,
                    logger: logger
                )
                try lock.claim(hasLog: true)
                return store
            } catch {
                // The log is empty by now.
                try? DatabaseConnection.close(queue)
                throw error
            }
        } catch {
            lock.leave()
            throw file.refused(error)
        }
    }

    /// Returns the absolute path, without links, of the database at `path`, whether it exists or not. Returns nil if no database can be
    /// there.
    package static func resolvedPath(_ path: String) -> String? { (try? DatabaseFile(path))?.path }

    /// Returns whether a file exists at the path of a database, or a decided restoration will put a database there.
    public static func isDatabase(at path: String) -> Bool {
        if FileManager.default.fileExists(atPath: path) { return true }
        guard let file = try? DatabaseFile(path) else { return false }
        return DatabaseReplacement(of: file).hasRecord
    }

    static func watched(_ file: DatabaseFile, _ queue: DatabaseQueue) throws -> WatchedFiles {
        let size = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA page_size") }
        return try WatchedFiles(file, pageSize: size ?? 4_096)
    }

    /// Creates an empty database in memory. It ends with the store.
    public static func inMemory(
        logger: Logger = Logger(label: "messaging.sqlite")
    ) throws(OpenError) -> SQLiteStore {
        do {
            return try SQLiteStore(
                try DatabaseConnection.inMemory(),
                lockedFile: nil,
                DatabaseConnection.LogLength(),
                .system,
                logger: logger
            )
        } catch {
            throw OpenError(path: "a database in memory", reason: .failed(cause: cause(of: error)))
        }
    }

    /// Closes the database and releases its lock, after the earlier calls. Every later call throws ``StoreError/unavailable(cause:)``.
    /// Closing again does nothing.
    ///
    /// If the files were changed from outside, they and the lock file stay. The lock file shows the next start that there was a log.
    public func close() {
        endCopy()
        var isWhole = true
        checkFiles()
        switch state {
        case .open(let queue):
            try? lockedFile?.lock.claim()
            do { try DatabaseConnection.close(queue) } catch {
                logger.error("Could not close the database", metadata: ["cause": "\(cause(of: error))"])
            }
        case .broken(let queue, _):
            if let queue { DatabaseConnection.abandon(queue) }
            isWhole = lockedFile?.file.hasLog ?? true
        case .lost(let queue, _, let isSaved):
            DatabaseConnection.abandon(queue)
            isWhole = isSaved
        case .closed: break
        }
        state = .closed
        if isWhole { lockedFile?.lock.release() }
        lockedFile = nil
        files = nil
    }

    /// Ends the running copy of the pages for a backup, if there is one.
    func endCopy() {
        copy?.close()
        copy = nil
    }

    /// Whether a write may succeed, by the last known state. It does not use SQLite.
    public nonisolated var canWrite: Bool { takesWrites.load(ordering: .relaxed) }

    private func publish() {
        var canWrite = !isFull
        if case .open = state {} else { canWrite = false }
        takesWrites.store(canWrite, ordering: .relaxed)
    }

    /// The version of SQLite.
    public static let engineVersion = String(cString: sqlite3_libversion())

    /// Returns the present value of `PRAGMA synchronous`: 2 is FULL.
    public func synchronous() throws(StoreError) -> Int {
        try access { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// Returns the connection. Opens it again if it was broken.
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
            guard surroundings.instant() >= nextAttempt else { throw .unavailable(cause: cause) }
            nextAttempt = surroundings.instant() + .milliseconds(100)
            return try reopen(queue, after: cause)
        }
    }

    /// Marks the connection as broken. It serves no call before the database has been opened again.
    func breakConnection(_ cause: String) {
        guard case .open(let queue) = state, lockedFile != nil else { return }
        endCopy()
        logger.critical("Lost the connection to the database", metadata: ["cause": "\(cause)"])
        state = .broken(queue, cause: cause)
    }

    private func reopen(_ broken: DatabaseQueue?, after cause: String) throws(StoreError) -> DatabaseQueue {
        guard let file = lockedFile?.file else { throw .unavailable(cause: cause) }
        if let broken { DatabaseConnection.abandon(broken) }
        do throws(OpenError) {
            do throws(WatchedFiles.Difference) { try files?.checkClosed() } catch {
                throw file.refused(.failed(cause: error.description))
            }
            guard try file.inspect() == .ours else { throw file.refused(.failed(cause: "it is gone")) }
            let queue = try DatabaseConnection.open(file, logLength)
            do { files = try Self.watched(file, queue) } catch {
                DatabaseConnection.abandon(queue)
                throw file.refused(error)
            }
            noteRoom()
            state = .open(queue)
            logger.notice("Reopened the database", metadata: ["path": "\(file.path)"])
            return queue
        } catch {
            if error.description != cause {
                logger.error("Could not reopen the database", metadata: ["cause": "\(error)"])
            }
            state = .broken(nil, cause: error.description)
            throw .unavailable(cause: error.description)
        }
    }
}

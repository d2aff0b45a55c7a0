import GRDB
import MessagingCore

extension SQLiteStore {
    /// The number of pages that are copied at once, and in one turn of the store unless that takes longer than ``longestTurn``.
    private static let step = 8
    private static let pagesInTurn = 64
    /// The number of pages after which the file is synced: 2 MiB. So no sync of the store waits for a large one.
    private static let pagesInSync = 512
    private static let longestTurn = Duration.milliseconds(2)
    /// The pause after a turn, as a multiple of the turn's time. The copy takes at most 2 % of the store's time.
    private static let rest = 49

    /// Copies the open database to a new file of mode 0600 while it is used: a few pages in each turn of the store. The copy is of one
    /// moment, and has every change that was acknowledged before the copy ended.
    ///
    /// The file exists only when it is complete, checked and durable. `progress` is called after each turn. The backup ends if `progress`
    /// throws or the task is cancelled. Throws if `path` already exists, and while another backup runs.
    ///
    /// If `isFinal` is true, the database takes no commits and tokens from the beginning of the copy on, also after the next start. If the backup
    /// fails, it takes them again.
    public nonisolated func backUp(
        to path: String,
        isFinal: Bool = false,
        progress: @Sendable (BackupProgress) async throws -> Void = { _ in }
    ) async throws(BackupError) -> BackupSummary {
        let file = try BackupFile(path, apartFrom: await lockedFile?.file)
        do {
            try await beginCopy(to: file)
        } catch {
            file.discard()
            throw error
        }
        do {
            if isFinal { try await execute(WriteStop.beginning) }
            var synced = 0
            while true {
                let (position, time) = try await copyPages()
                if position.done - synced >= Self.pagesInSync {
                    synced = position.done
                    let result = await LowPriority.run { Result { () throws(SystemError) in try file.synchronize() } }
                    if case .failure(let error) = result { throw BackupError("cannot write \(path): \(error)") }
                }
                try await progress(BackupProgress(done: position.done, total: position.total))
                if position.isComplete { break }
                try await surroundings.sleep(max(.milliseconds(1), time * Self.rest))
            }
            await endCopy()
            return try await file.finish()
        } catch {
            await endCopy()
            file.discard()
            if isFinal { try? await execute(WriteStop.end) }
            throw error as? BackupError ?? BackupError("the backup was interrupted")
        }
    }

    private func execute(_ statements: String) throws(BackupError) {
        do {
            try write { db in
                try db.execute(sql: statements)
                return ((), commit: true)
            }
        } catch {
            throw BackupError("the writes to the database could not be stopped: \(error.cause)")
        }
    }

    private func beginCopy(to file: BackupFile) throws(BackupError) {
        if copy != nil { throw BackupError("another backup is running") }
        do {
            let connection = try connection()
            copy = try connection.inDatabase { db in
                guard let source = db.sqliteConnection else { throw BackupError("the database is closed") }
                return try PageCopy(of: source, to: file)
            }
        } catch {
            throw error as? BackupError ?? BackupError("the database is not available")
        }
    }

    private func copyPages() throws(BackupError) -> (position: PageCopy.Position, time: Duration) {
        let start = surroundings.instant()
        guard let copy, case .open = state else { throw BackupError("the database was closed or lost meanwhile") }
        var pages = 0
        while true {
            let position = try copy.step(pages: Self.step)
            let time = start.duration(to: surroundings.instant())
            pages += Self.step
            if position.isComplete || pages >= Self.pagesInTurn || time > Self.longestTurn { return (position, time) }
        }
    }
}

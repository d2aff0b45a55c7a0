public import Foundation
import GRDB
import Logging
import MessagingCore
import Synchronization

extension SQLiteStore {
    /// While nothing is committed, the disk is looked at in every call of this number.
    static let idleChecksBetweenLooks = 10

    /// Looks for what an idle store would not notice: files that are not what they were, a disk that is full, and a connection or a disk
    /// that can be written to again. To be called about once a second; two calls of the system while all is well, but for ``noteRoom()``.
    public func check() {
        checkFiles()
        switch state {
        case .open:
            idleChecks += 1
            if isFull || idleChecks >= Self.idleChecksBetweenLooks { noteRoom() }
        case .broken: _ = try? connection()
        case .lost, .closed: break
        }
    }

    /// The time by which old things may be dropped, as it was remembered last; nil in memory.
    public func rememberedSweepTime() -> Date? { place?.file.mark.time }

    /// Remembers the time by which old things may be dropped for the next start, which begins with it. Does nothing in memory.
    public func remember(sweepTime: Date) {
        guard case .open = state, let mark = place?.file.mark else { return }
        do throws(SystemError) { try mark.write(sweepTime) } catch {
            logger.warning("sweep time not written", metadata: ["path": "\(mark.path)", "cause": "\(error)"])
        }
    }

    /// Looks whether the disk has room for a commit. A disk that was full has room when a transaction succeeds, too.
    func noteRoom() {
        idleChecks = 0
        do throws(SystemError) {
            if let place { try FreeRoom.check(beside: place.file.path) }
        } catch {
            return noteFull(error.description)
        }
        guard isFull else { return }
        if case .open = state {
            do throws(WriteFailure) {
                try write { db in (try db.execute(sql: "UPDATE store SET epoch = epoch"), commit: true) }
            } catch { return }
        }
        isFull = false
        logger.notice("the disk has room for changes again")
    }

    /// Notes that no commit can succeed before ``noteRoom()`` finds room.
    func noteFull(_ cause: String) {
        if !isFull { logger.error("the disk has no room for changes", metadata: ["cause": "\(cause)"]) }
        isFull = true
    }

    /// Compares the files with what the store left, between its transactions.
    func checkFiles() {
        guard case .open(let queue) = state, let files else { return }
        do throws(WatchedFiles.Difference) { try files.check() } catch { lose(queue, error) }
    }

    /// Compares the files after a COMMIT. A log that became long is moved into the database once the commit is answered.
    func checkFilesAfterCommit(_ queue: DatabaseQueue) throws(WriteFailure) {
        if files == nil { return }
        let frames = logLength.frames.load(ordering: .relaxed)
        do throws(WatchedFiles.Difference) { try files?.checkAfterCommit(frames: frames) } catch {
            lose(queue, error)
            throw .unknown(cause: error.description)
        }
        if frames < Connection.checkpointPages || isCheckpointDue { return }
        isCheckpointDue = true
        Task {
            // Behind what the commit's caller does next.
            await Task.yield()
            checkpoint()
        }
    }

    private func checkpoint() {
        isCheckpointDue = false
        guard case .open(let queue) = state else { return }
        _ = Connection.checkpoint(queue)
        do throws(WatchedFiles.Difference) { try files?.noteCheckpoint() } catch { lose(queue, error) }
    }

    /// Compares the log after a transaction that was taken back.
    func checkFilesAfterRollback() {
        guard case .open(let queue) = state else { return }
        do throws(WatchedFiles.Difference) { try files?.checkAfterRollback() } catch { lose(queue, error) }
    }

    /// Nothing is read from or written to these files any more. When only the log is gone, what it holds is moved into the database
    /// first, so that no acknowledged change is lost.
    private func lose(_ queue: DatabaseQueue, _ difference: WatchedFiles.Difference) {
        let isSaved = difference.onlyTheLogIsGone && Connection.checkpoint(queue)
        if isSaved { try? place?.lock.claim() }
        state = .lost(queue, cause: difference.description, isSaved: isSaved)
        logger.critical(
            "stopped writing: the files of the database were changed from outside",
            metadata: [
                "path": "\(place?.file.path ?? "")", "cause": "\(difference)",
                "remedy": "\(isSaved ? Self.savedRemedy : Self.remedy)",
            ]
        )
    }

    private static let remedy =
        "stop the server, put the database and its log back or restore a backup, and start again"
    private static let savedRemedy = "the content of the log was moved into the database: restart the server"
}

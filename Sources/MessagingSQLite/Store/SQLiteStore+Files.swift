public import Foundation
import GRDB
import Logging
import MessagingCore
import Synchronization

extension SQLiteStore {
    /// The number of idle calls of ``check()`` after which the disk is checked.
    static let idleChecksBetweenLooks = 10

    /// Checks for conditions that an idle store would not notice: changed files, a full disk, and a connection or a disk that can be
    /// written to again. Call it about once a second. It makes two system calls if all is well, besides ``noteRoom()``.
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

    /// Returns the last stored time that decides which old records may be dropped; nil in memory.
    public func rememberedSweepTime() -> Date? { lockedFile?.file.mark.time }

    /// Stores the time that decides which old records may be dropped. The next start begins with it. Does nothing in memory.
    public func remember(sweepTime: Date) {
        guard case .open = state, let mark = lockedFile?.file.mark else { return }
        do throws(SystemError) { try mark.write(sweepTime) } catch {
            logger.warning("Could not write the sweep time", metadata: ["path": "\(mark.path)", "cause": "\(error)"])
        }
    }

    /// Checks whether the disk has room for a commit. A disk that was full has room again only if a transaction succeeds too.
    func noteRoom() {
        idleChecks = 0
        do throws(SystemError) {
            if let lockedFile { try FreeRoom.check(beside: lockedFile.file.path) }
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
        logger.notice("Resumed writing: the disk has room again")
    }

    /// Notes that no commit can succeed before ``noteRoom()`` finds room.
    func noteFull(_ cause: String) {
        if !isFull { logger.error("Stopped writing: the disk is full", metadata: ["cause": "\(cause)"]) }
        isFull = true
    }

    /// Compares the files with the state in which the store left them, between its transactions.
    func checkFiles() {
        guard case .open(let queue) = state, let files else { return }
        do throws(WatchedFiles.Difference) { try files.check() } catch { lose(queue, error) }
    }

    /// Compares the files after a COMMIT. Marks a long log as due for a checkpoint, which runs after the caller has the outcome.
    func checkFilesAfterCommit(_ queue: DatabaseQueue) throws(WriteFailure) {
        if files == nil { return }
        let frames = logLength.frames.load(ordering: .relaxed)
        do throws(WatchedFiles.Difference) { try files?.checkAfterCommit(frames: frames) } catch {
            lose(queue, error)
            throw .unknown(cause: error.description)
        }
        if frames < DatabaseConnection.checkpointPages || isCheckpointDue { return }
        isCheckpointDue = true
        if waitingWrites.isLed { return }
        Task {
            // The commit's caller continues first.
            await Task.yield()
            guard isCheckpointDue, waitingWrites.lead() else { return }
            await checkpointInTurn()
        }
    }

    /// Moves the log into the database.
    func checkpoint() {
        isCheckpointDue = false
        guard case .open(let queue) = state else { return }
        _ = DatabaseConnection.checkpoint(queue)
        do throws(WatchedFiles.Difference) { try files?.noteCheckpoint() } catch { lose(queue, error) }
    }

    /// Compares the log after a transaction that was rolled back.
    func checkFilesAfterRollback() {
        guard case .open(let queue) = state else { return }
        do throws(WatchedFiles.Difference) { try files?.checkAfterRollback() } catch { lose(queue, error) }
    }

    /// Stops all reads and writes of these files. If only the log is gone, its content is moved into the database first, so no acknowledged
    /// change is lost.
    private func lose(_ queue: DatabaseQueue, _ difference: WatchedFiles.Difference) {
        let isSaved = difference.onlyTheLogIsGone && DatabaseConnection.checkpoint(queue)
        if isSaved { try? lockedFile?.lock.claim() }
        state = .lost(queue, cause: difference.description, isSaved: isSaved)
        logger.critical(
            "Stopped writing: another program changed the files of the database",
            metadata: [
                "path": "\(lockedFile?.file.path ?? "")", "cause": "\(difference)",
                "remedy": "\(isSaved ? Self.savedRemedy : Self.remedy)",
            ]
        )
    }

    private static let remedy =
        "stop the server, put the database and its log back or restore a backup, and start again"
    private static let savedRemedy = "the content of the log was moved into the database: restart the server"
}

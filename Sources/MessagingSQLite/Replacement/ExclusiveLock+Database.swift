extension ExclusiveLock {
    /// Takes the lock for opening a database. It inspects the files first, so nothing is created beside a file that will be refused. It
    /// then finishes a restoration that is decided and not finished.
    static func take(for file: DatabaseFile, create: Bool) throws(OpenError) -> ExclusiveLock {
        let replacement = DatabaseReplacement(of: file)
        var isDecided = false
        let lock = try take(file) { (existing) throws(OpenError) in
            isDecided = try replacement.decision() != nil
            if isDecided { return }
            let condition = try file.inspect(create: create)
            if let existing, existing.wasLeftWithLog, condition == .ours, !file.hasLog {
                throw file.refused(.missingLog(file.logPath, lock: file.lockPath))
            }
        } claim: { (lock) throws(SystemError) in
            try lock.claim(hasLog: lock.wasLeftWithLog && (isDecided || file.hasLog))
        }
        do throws(OpenError) { try lock.finish(replacement) } catch {
            lock.leave()
            throw error
        }
        return lock
    }

    /// Takes the lock for a command that does not open the database, and keeps the fact whether there was a log. ``leave()`` ends it.
    static func take(
        toVisit file: DatabaseFile,
        inspecting inspect: (ExclusiveLock?) throws(OpenError) -> Void
    ) throws(OpenError) -> ExclusiveLock {
        try take(file, inspecting: inspect) { (lock) throws(SystemError) in
            try lock.claim(hasLog: lock.wasLeftWithLog)
        }
    }

    /// Finishes a replacement if one is decided. It first writes into the lock that there is no log, since the new database has none.
    @discardableResult
    func finish(_ replacement: DatabaseReplacement) throws(OpenError) -> DatabaseReplacement.Kept {
        guard try replacement.decision() != nil else { return DatabaseReplacement.Kept() }
        let hadLog = wasLeftWithLog
        do { try claim() } catch { throw replacement.cannotFinish(path, error) }
        do throws(OpenError) { return try replacement.finish() } catch {
            try? claim(hasLog: hadLog)
            throw error
        }
    }

    /// Ends a lock that was taken to visit. Its file stays if a database with a log was left under it.
    func leave() {
        if !wasLeftWithLog { release() }
    }

    private static func take(
        _ file: DatabaseFile,
        inspecting inspect: (ExclusiveLock?) throws(OpenError) -> Void,
        claim: (ExclusiveLock) throws(SystemError) -> Void
    ) throws(OpenError) -> ExclusiveLock {
        do {
            let existing = try existing(at: file.lockPath)
            try inspect(existing)
            let lock = try existing ?? create(at: file.lockPath)
            try claim(lock)
            return lock
        } catch Failure.held(let process) {
            throw file.refused(.inUse(process: process))
        } catch let error as OpenError {
            throw error
        } catch {
            try inspect(nil)
            throw file.refused(.failed(cause: "its lock file \(file.lockPath): \(error)"))
        }
    }
}

extension ExclusiveLock {
    /// Takes the lock for opening a database, after a look at its files, so that nothing appears beside a file that will be refused. What a
    /// restoration has decided and not done is done then.
    static func take(for file: DatabaseFile, create: Bool) throws(OpenError) -> ExclusiveLock {
        let replacement = Replacement(of: file)
        guard replacement.isDecided else {
            return try take(file) { (existing) throws(OpenError) in
                let condition = try file.inspect(create: create)
                if let existing, existing.wasLeftWithLog, condition == .ours, !file.hasLog {
                    throw file.refused(.missingLog(file.logPath, lock: file.lockPath))
                }
            } claim: { (lock) throws(SystemError) in
                try lock.claim()
            }
        }
        let lock = try take(toVisit: file) { (_) throws(OpenError) in _ = try file.isThere() }
        do {
            if replacement.isDecided { try lock.finish(replacement) }
        } catch {
            throw file.refused(.failed(cause: "it is being restored, and that cannot be finished: \(error)"))
        }
        return lock
    }

    /// Takes the lock for a command that does not open the database, and leaves in it whether there was a log; ``leave()`` ends it.
    static func take(
        toVisit file: DatabaseFile,
        inspecting inspect: (ExclusiveLock?) throws(OpenError) -> Void
    ) throws(OpenError) -> ExclusiveLock {
        try take(file, inspecting: inspect) { (lock) throws(SystemError) in
            try lock.claim(hasLog: lock.wasLeftWithLog)
        }
    }

    /// Finishes a decided replacement. The lock says first that there is no log, since the database that comes has none.
    @discardableResult
    func finish(_ replacement: Replacement) throws(SystemError) -> String? {
        try claim()
        return try replacement.finish()
    }

    /// Gives up a lock that was taken to visit: its file stays when a database with a log was left under it.
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

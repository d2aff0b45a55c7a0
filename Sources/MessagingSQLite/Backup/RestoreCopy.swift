#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The copy of a backup that becomes the database.
enum RestoreCopy {
    private static let step = 1 << 20

    /// Copies the backup beside the database, and returns whether its header states that it needs no log. Throws a ``BackupError`` that
    /// names the unusable file: the backup or the copy.
    static func make(of backup: String, to draft: String, unless database: DatabaseFile) throws(BackupError) -> Bool {
        func refused(_ reason: String) -> BackupError { BackupError("cannot restore \(backup): \(reason)") }
        let source: DatabaseFile
        do throws(OpenError) { source = try DatabaseFile(backup) } catch { throw refused(error.reason.explanation) }
        try database.checkInput(source.path)
        let input: FileDescriptor
        let header: [UInt8]
        let before: stat
        do {
            // While this lock is held, no server opens the backup. The lock on the input then has the same effect.
            let lock = try ExclusiveLock.existing(at: source.lockPath)
            defer { withExtendedLifetime(lock) {} }
            input = try FileRule.given.open(source.path, O_RDONLY)
            do throws(SystemError) { try SQLiteLock.share(input) } catch {
                guard ![EAGAIN, EACCES].contains(error.code) else { throw ExclusiveLock.Failure.held(by: nil) }
            }
            before = try input.status()
            header = try input.read(at: 0, count: DatabaseHeader.length)
        } catch ExclusiveLock.Failure.held(let process) {
            throw refused("process \(process.map(String.init) ?? "unknown") has it open; make a backup of it instead")
        } catch let failure as ExclusiveLock.Failure {
            throw refused("its lock file \(source.lockPath): \(failure)")
        } catch {
            throw refused("\(error)")
        }
        if let log = log(of: source) {
            throw refused(
                "it has a log, \(log), so it is not a backup; make a backup: messaging-server backup --database \(backup) FILE"
            )
        }
        if let objection = DatabaseHeader.objection(to: header) { throw refused(objection.explanation) }
        try copy(input, to: draft, refused)
        // SQLite's shared lock does not exclude another program that writes to a log.
        guard let after = try? input.status(), after.isUnchanged(since: before), log(of: source) == nil else {
            throw refused("it was changed while it was read; restore it when no program has it open")
        }
        return DatabaseHeader.isInRollbackMode(header)
    }

    /// Returns the log of a database if it exists and is not empty.
    private static func log(of source: DatabaseFile) -> String? {
        [source.logPath, source.path + "-journal"].first { log in
            var status = stat()
            return stat(log, &status) == 0 && status.st_size > 0
        }
    }

    private static func copy(
        _ input: FileDescriptor,
        to draft: String,
        _ refused: (String) -> BackupError
    ) throws(BackupError) {
        func writing<T>(_ body: () throws(SystemError) -> T) throws(BackupError) -> T {
            do throws(SystemError) { return try body() } catch { throw BackupError("cannot write \(draft): \(error)") }
        }
        let output = try writing { () throws(SystemError) in
            try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
        }
        var offset: off_t = 0
        while true {
            let bytes: [UInt8]
            do throws(SystemError) { bytes = try input.read(at: offset, count: step) } catch {
                throw refused("\(error)")
            }
            if bytes.isEmpty { break }
            try writing { () throws(SystemError) in try output.write(bytes, at: offset) }
            offset += off_t(bytes.count)
        }
        try writing { () throws(SystemError) in
            // The copy has no log whose content could be lost by this, and a check then needs none.
            try DatabaseHeader.setRollbackMode(of: output)
            try output.synchronize()
        }
    }
}

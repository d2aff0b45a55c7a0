public import MessagingCore

/// The progress of a backup, in pages of the database.
public struct BackupProgress: Hashable, Sendable {
    /// The number of copied pages.
    public let done: Int
    /// The number of all pages. It grows with the database.
    public let total: Int
}

/// The result of a finished backup.
public struct BackupSummary: Hashable, Sendable {
    /// The size of the file in bytes.
    public let bytes: Int
    /// The number of organizations in it.
    public let organizations: Int
    /// The keys that are needed to open secrets in it.
    public let keys: KeyUse
}

/// A backup of a database that no process has open.
public enum Backup {
    /// Copies the database at a path, with the content of its log, to a new file of mode 0600. Changes neither database nor log: the copy
    /// of a database of an older version has that version too.
    ///
    /// The file exists only when it is complete, checked and durable. Throws an ``OpenError`` if the database cannot be used, also because
    /// another process has it open. Throws a ``BackupError`` for any other reason.
    public static func run(
        of database: String,
        to path: String,
        progress: (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupSummary {
        let database = try DatabaseFile(database)
        try database.checkName()
        let replacement = DatabaseReplacement(of: database)
        let lock = try ExclusiveLock.take(toVisit: database) { (existing) throws(OpenError) in
            if try replacement.decision() != nil { return }
            let condition = try database.inspect(create: false)
            if let existing, existing.wasLeftWithLog, condition == .ours, !database.hasLog {
                throw database.refused(.missingLog(database.logPath, lock: database.lockPath))
            }
        }
        defer { lock.leave() }
        try lock.finish(replacement)
        guard try database.inspect() == .ours else { throw database.refused(.failed(cause: "it is empty")) }
        let file = try BackupFile(path, apartFrom: database)
        do {
            try DatabaseConnection.reading(database) { source throws(BackupError) in
                let copy = try PageCopy(of: source, to: file)
                defer { copy.close() }
                var position: PageCopy.Position
                repeat {
                    if Task.isCancelled { throw BackupError("it was interrupted") }
                    position = try copy.step(pages: 1_024)
                    progress(BackupProgress(done: position.done, total: position.total))
                } while !position.isComplete
            }
            return try await file.finish()
        } catch {
            file.discard()
            throw error
        }
    }
}

extension BackupFile {
    /// Makes the written draft durable, checks it, and gives it its name.
    func finish() async throws(BackupError) -> BackupSummary {
        let result = await LowPriority.run { () -> Result<BackupSummary, BackupError> in
            Result { () throws(BackupError) in
                do {
                    try seal()
                } catch {
                    throw BackupError("cannot write \(path): \(error)")
                }
                let content: DatabaseContent
                do throws(OpenError.Reason) {
                    content = try DatabaseCheck.run(draft, .quick) { try DatabaseContent($0) }
                } catch {
                    throw BackupError("the copy is damaged, and the database may be damaged too: \(error.explanation)")
                }
                let bytes = try publish()
                return BackupSummary(bytes: bytes, organizations: content.organizations, keys: content.keys)
            }
        }
        return try result.get()
    }
}

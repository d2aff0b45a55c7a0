public import MessagingCore

/// How far a backup is, in pages of the database.
public struct BackupProgress: Hashable, Sendable {
    /// The pages that are copied.
    public let done: Int
    /// All pages; this number follows the database as it grows.
    public let total: Int
}

/// What a finished backup is.
public struct BackupSummary: Hashable, Sendable {
    /// The size of the file in bytes.
    public let bytes: Int
    /// How many organizations it has.
    public let organizations: Int
    /// The keys without which secrets in it cannot be opened.
    public let keys: KeyUse
}

/// A backup of a database that no process has open.
public enum Backup {
    /// Copies the database at a path, with what its log holds, to a new file of mode 0600, and changes neither: a database of an older
    /// version stays of that version, and so is the copy.
    ///
    /// The file is there when it is whole, checked and durable, or not at all. Throws an ``OpenError`` when the database cannot be used, also
    /// while another process has it open, and a ``BackupError`` otherwise.
    public static func run(
        of database: String,
        to path: String,
        progress: (BackupProgress) -> Void = { _ in }
    ) async throws -> BackupSummary {
        let database = try DatabaseFile(database)
        try database.checkName()
        let replacement = Replacement(of: database)
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
            try Connection.reading(database) { source throws(BackupError) in
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
                    throw BackupError("the copy is not sound, and so may be the database: \(error.explanation)")
                }
                let bytes = try publish()
                return BackupSummary(bytes: bytes, organizations: content.organizations, keys: content.keys)
            }
        }
        return try result.get()
    }
}

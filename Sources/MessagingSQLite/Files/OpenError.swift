import MessagingCore

/// Why a database was not opened. A file that is refused has not been changed.
public struct OpenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What stood in the way.
    public enum Reason: Error, Hashable, Sendable {
        /// The directory that the file should be in does not exist.
        case missingDirectory(String)
        /// Something else than a regular file is there.
        case notAFile
        /// It is no SQLite database.
        case notADatabase
        /// It is an SQLite database of another program.
        case otherProgram
        /// A newer version of this program wrote it.
        case newerVersion(found: Int, known: Int)
        /// It cannot be written to.
        case readOnly(cause: String)
        /// Another process has it open; its id where it is known.
        case inUse(process: Int32?)
        /// The file is missing or empty, but the log of its last changes is there.
        case orphanedLog(String)
        /// The file is missing or empty, though a database was there.
        case lost(mark: String)
        /// The last process did not close it, and the log of its last changes is missing.
        case missingLog(String, lock: String)
        /// The log beside it cannot be the log of its last changes as they were written.
        case wrongLog(WrongLog, log: String, lock: String)
        /// It contradicts itself.
        case corrupt(cause: String)
        /// The system or SQLite refused, in its own words.
        case failed(cause: String)
    }

    /// What is wrong with a log.
    public enum WrongLog: Hashable, Sendable {
        /// Its header is not one that SQLite wrote, so SQLite would take the log for empty.
        case damaged
        /// The database is one that has no log, as backups are, so the log is another's.
        case foreign
    }

    /// The path as it was given.
    public let path: String
    /// What stood in the way.
    public let reason: Reason

    /// Whether another process has it open.
    public var isInUse: Bool { if case .inUse = reason { true } else { false } }

    /// One line for a terminal, with the path.
    public var description: String {
        "cannot open \(path.isEmpty ? "the database" : path): \(reason.explanation)".line()
    }
}

extension OpenError.Reason {
    /// The reason as a clause, without the path.
    var explanation: String {
        switch self {
        case .missingDirectory(let directory): "the directory \(directory) does not exist"
        case .notAFile: "it is not a regular file"
        case .notADatabase: "it is not a database"
        case .otherProgram: "it is a database of another program"
        case .newerVersion(let found, let known):
            "it was written by a newer version (schema \(found), this program knows \(known))"
        case .readOnly(let cause): "it is read-only (\(cause))"
        case .inUse(let process?): "it is in use by process \(process)"
        case .inUse(nil): "it is in use by another process"
        case .orphanedLog(let log):
            "it is missing or empty, but the log of its last changes is there: \(log)"
        case .lost(let mark):
            "it is missing or empty, but there was a database, as \(mark) says: put it back, restore a backup, "
                + "or make a new one with serve --create"
        case .missingLog(let log, let lock):
            "the log of its last changes is missing: put \(log) back, or delete \(lock) to go on without these changes"
        case .wrongLog(.damaged, let log, let lock):
            "the log of its last changes is damaged: put \(log) back from a copy, or move it away and delete \(lock) "
                + "to go on without these changes"
        case .wrongLog(.foreign, let log, let lock):
            "it is a backup, and the log of another database is beside it: \(log); put backups in place with "
                + "restore --replace, or move that log away and delete \(lock)"
        case .corrupt(let cause): "it is corrupt: \(cause)"
        case .failed(let cause): cause
        }
    }
}

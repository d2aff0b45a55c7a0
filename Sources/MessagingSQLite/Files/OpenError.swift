import MessagingCore

/// The reason why a database was not opened. A refused file has not been changed.
public struct OpenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason for a refusal.
    public enum Reason: Error, Hashable, Sendable {
        /// The directory of the file does not exist.
        case missingDirectory(String)
        /// The path has something other than a regular file.
        case notAFile
        /// The file is not an SQLite database.
        case notADatabase
        /// The file is an SQLite database of another program.
        case otherProgram
        /// A newer version of this program wrote the file.
        case newerVersion(found: Int, known: Int)
        /// The file cannot be written to.
        case readOnly(cause: String)
        /// Another process has the file open. Its id is given if it is known.
        case inUse(process: Int32?)
        /// The file is missing or empty, but the log of its last changes is there.
        case orphanedLog(String)
        /// The file is missing or empty, though there was a database.
        case lost(mark: String)
        /// The file is missing or empty, and a copy that is to become the database is not complete.
        case unfinishedCopy(String)
        /// The last process did not close the file, and the log of its last changes is missing.
        case missingLog(String, lock: String)
        /// The log beside the file cannot be the log of its last changes as they were written.
        case wrongLog(WrongLog, log: String, lock: String)
        /// The file contradicts itself.
        case corrupt(cause: String)
        /// The system or SQLite refused the file, with this message.
        case failed(cause: String)
    }

    /// The fault of a log.
    public enum WrongLog: Hashable, Sendable {
        /// Its header was not written by SQLite, which would therefore treat the log as empty.
        case damaged
        /// The database has no log, like a backup, so the log belongs to another database.
        case foreign
    }

    /// The given path.
    public let path: String
    /// The reason for the refusal.
    public let reason: Reason

    /// Whether another process has it open.
    public var isInUse: Bool { if case .inUse = reason { true } else { false } }

    /// A line for a terminal, with the path.
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
            "it is missing or empty, but \(mark) shows that there was a database: put it back, restore a backup, "
                + "or make a new one with serve --create"
        case .unfinishedCopy(let copy):
            "a copy to it is not complete: run messaging-server copy again, or delete \(copy)"
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

import Foundation
import GRDB

/// A checked and durable database that waits beside another one to replace it.
///
/// A record beside the two decides. Once it has its name, ``recordPath``, the next process that opens the database does the work that a
/// crash left. Before that moment no file of the old database is changed. The record has the epoch of the waiting database, so no other
/// file takes the place of the database. The caller has the lock.
struct DatabaseReplacement {
    /// The paths of the replaced database and its log, each nil if it did not exist.
    struct Kept {
        var database: String?
        var log: String?
    }

    private let database: DatabaseFile

    /// Creates a value for a database, whether or not it has a replacement.
    init(of database: DatabaseFile) { self.database = database }

    /// The path at which the new database is made and waits.
    var draft: String { database.path + ".restoring" }
    /// The path of the record.
    var recordPath: String { database.path + ".restored" }
    private var recordDraft: String { recordPath + ".new" }

    /// Whether any file exists at the path of the record.
    var hasRecord: Bool { Self.status(recordPath) != nil }

    /// Returns the decision, or nil if there is none. Throws if the file at the path of the record was not put there by `restore`.
    func decision() throws(OpenError) -> ReplacementRecord? {
        guard hasRecord else { return nil }
        let reason: String
        do {
            let file = try FileRule.companion.open(recordPath, O_RDONLY)
            if let record = ReplacementRecord(try file.read(at: 0, count: ReplacementRecord.longest)) { return record }
            reason = "it is another file"
        } catch {
            reason = "\(error)"
        }
        throw database.refused(
            .failed(
                cause: "\(recordPath) has the name of a restoration record, but is not one (\(reason)): move it away"
            )
        )
    }

    /// Decides that the draft, which is durable and has this epoch, replaces the database.
    func decide(epoch: String) throws(BackupError) {
        let record = ReplacementRecord(epoch: epoch, kept: keptName())
        do throws(SystemError) {
            let file = try FileDescriptor(opening: recordDraft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
            try file.write(record.bytes, at: 0)
            database.owner?.take(file)
            try file.synchronize()
            try synchronizeDirectory()
            guard rename(recordDraft, recordPath) == 0 else { throw SystemError() }
            do { try synchronizeDirectory() } catch {
                unlink(recordPath)
                throw error
            }
        } catch {
            throw BackupError("cannot write \(recordPath): \(error)")
        }
    }

    /// Carries out the decision, and keeps the old database under another name, with its log. Does nothing without a decision.
    ///
    /// After each step, the next call can continue.
    @discardableResult
    func finish() throws(OpenError) -> Kept {
        guard let record = try decision() else { return Kept() }
        let name = "\(database.path).\(record.kept)"
        if Self.status(draft) != nil {
            try confirm(draft, is: record)
            try keep(as: name)
            try step(database.path) { () throws(SystemError) in
                guard rename(draft, database.path) == 0 else { throw SystemError() }
                try synchronizeDirectory()
            }
        } else {
            try confirm(database.path, is: record)
        }
        let mark = database.mark
        try step(mark.path) { () throws(SystemError) in
            if !mark.isThere { try mark.write(Date(), owner: database.owner) }
        }
        try step(recordPath) { () throws(SystemError) in
            guard unlink(recordPath) == 0 else { throw SystemError() }
            // Before the database is opened, since it is no longer recognized once it has a log.
            try synchronizeDirectory()
        }
        let logs = Self.logs.map { name + $0 }
        return Kept(
            database: Self.status(name) == nil ? nil : name,
            log: logs.first { Self.status($0) != nil }
        )
    }

    /// Deletes the files of an interrupted attempt that decided nothing.
    func discard() {
        for path in [recordDraft, draft] + Self.logs.map({ draft + $0 }) { unlink(path) }
    }

    /// Throws unless a file is the database of the record.
    private func confirm(_ path: String, is record: ReplacementRecord) throws(OpenError) {
        let reason: String
        do {
            try FileRule.database.check(path)
            // It has no log before it is opened, and SQLite would read one.
            let hasLog = Self.logs.contains { Self.status(path + $0) != nil }
            let epoch =
                try hasLog
                ? nil : DatabaseCheck.run(path, nil) { try String.fetchOne($0, sql: "SELECT epoch FROM store") }
            if epoch == record.epoch { return }
            reason = "it is another database"
        } catch let error as OpenError.Reason {
            reason = error.explanation
        } catch {
            reason = "\(error)"
        }
        throw database.refused(
            .failed(
                cause:
                    "\(recordPath) records an unfinished restoration, but \(path) is not its database (\(reason)): "
                    + "put that database back, or delete \(recordPath) and restore again"
            )
        )
    }

    /// Gives the old database and its logs another name. The database also keeps its own name until it is replaced, if the file system
    /// allows that.
    private func keep(as name: String) throws(OpenError) {
        try step(name) { () throws(SystemError) in
            if let old = Self.status(database.path), old.st_size > 0, link(database.path, name) != 0 {
                let error = SystemError()
                switch error.code {
                case EEXIST:
                    guard let other = Self.status(name), other.isSameFile(as: old) else { throw error }
                case EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS:
                    guard rename(database.path, name) == 0 else { throw SystemError() }
                default: throw error
                }
            }
            for suffix in Self.logs where Self.status(database.path + suffix) != nil {
                guard rename(database.path + suffix, name + suffix) == 0 else { throw SystemError() }
            }
            try synchronizeDirectory()
        }
    }

    private func step(_ path: String, _ body: () throws(SystemError) -> Void) throws(OpenError) {
        do throws(SystemError) { try body() } catch { throw cannotFinish(path, error) }
    }

    /// Returns the error that the decision cannot be carried out now, with the file and the system's message.
    func cannotFinish(_ path: String, _ error: SystemError) -> OpenError {
        database.refused(
            .failed(
                cause:
                    "its restoration could not be finished now, and the next start continues it: \(path): \(error)"
            )
        )
    }

    /// Returns the new suffix for the name of the replaced database. No file has that name.
    private func keptName() -> String {
        let base = "before-\(Self.text(time(nil)))"
        var (name, number) = (base, 1)
        while ([""] + Self.logs).contains(where: { Self.status("\(database.path).\(name)\($0)") != nil }) {
            number += 1
            name = "\(base)-\(number)"
        }
        return name
    }

    private func synchronizeDirectory() throws(SystemError) {
        try FileDescriptor(opening: database.directory, O_RDONLY).synchronize()
    }

    private static let logs = ["-wal", "-journal"]

    /// Returns the status of a path without following a link, or nil if it does not exist.
    private static func status(_ path: String) -> stat? {
        var found = stat()
        return lstat(path, &found) == 0 ? found : nil
    }

    /// Returns a time as `20261128T170000Z`.
    private static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

import Foundation
import GRDB

/// A checked and durable database that waits beside another one to take its place.
///
/// A record beside the two decides. Once it has its name, ``recordPath``, the next process that opens the database does what a crash left
/// undone. Before that moment nothing of the old database was touched. The record has the epoch of the database that waits, so
/// no other file takes the place of the database. The lock is the caller's.
struct Replacement {
    /// Where the database is that was replaced, and its log. The database is nil when there was none, the log when that had none.
    struct Kept {
        var database: String?
        var log: String?
    }

    private let database: DatabaseFile

    /// The replacement of a database, whether there is one or not.
    init(of database: DatabaseFile) { self.database = database }

    /// Where a database is made, and where it waits.
    var draft: String { database.path + ".restoring" }
    /// Where the record is.
    var recordPath: String { database.path + ".restored" }
    private var recordDraft: String { recordPath + ".new" }

    /// Whether there is anything at the place of the record.
    var hasRecord: Bool { Self.status(recordPath) != nil }

    /// Returns what is decided; nil when nothing is. Throws when something is at the place of the record that `restore` did not put there.
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
                cause: "\(recordPath) has the name of a restoration's record, and is none (\(reason)): move it away"
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

    /// Does what is decided, and keeps the old database under another name, with its log. Does nothing when nothing is decided.
    ///
    /// Each step leaves what the next call goes on from.
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
            // Before the database is opened: it is not recognized any more when it has a log.
            try synchronizeDirectory()
        }
        let logs = Self.logs.map { name + $0 }
        return Kept(
            database: Self.status(name) == nil ? nil : name,
            log: logs.first { Self.status($0) != nil }
        )
    }

    /// Takes away what an interrupted attempt left that decided nothing.
    func discard() {
        for path in [recordDraft, draft] + Self.logs.map({ draft + $0 }) { unlink(path) }
    }

    /// Makes sure that a file is the database that the record is of.
    private func confirm(_ path: String, is record: ReplacementRecord) throws(OpenError) {
        let reason: String
        do {
            try FileRule.database.check(path)
            // It has no log before it is opened, and SQLite would look into one.
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
                    "a restoration is decided in \(recordPath), but \(path) is not the database that it is of (\(reason)): "
                    + "put that back, or delete \(recordPath) and restore again"
            )
        )
    }

    /// Gives the old database and its logs another name. The database keeps its own beside that until it is replaced, where the file
    /// system allows that.
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

    /// Why what is decided cannot be done now: the file, and the system's words.
    func cannotFinish(_ path: String, _ error: SystemError) -> OpenError {
        database.refused(
            .failed(
                cause:
                    "its restoration is decided, and the next start goes on with it; now it cannot: \(path): \(error)"
            )
        )
    }

    /// What the name of a database that is replaced now ends in; nothing has that name.
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

    /// What is at a path, itself and not what it leads to; nil when nothing is.
    private static func status(_ path: String) -> stat? {
        var found = stat()
        return lstat(path, &found) == 0 ? found : nil
    }

    /// `20261128T170000Z`
    private static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

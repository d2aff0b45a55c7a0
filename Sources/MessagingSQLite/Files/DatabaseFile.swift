#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The path of a database, with the checks of its first bytes before SQLite opens it.
struct DatabaseFile: Sendable {
    /// The result of an inspection of the file. Every other result is an ``OpenError``.
    enum Condition {
        /// There is no file, or a file of length 0.
        case new
        /// There is a database of this program, of a known version.
        case ours
    }

    /// The given path, for messages.
    let given: String
    /// The absolute path without links.
    let path: String
    /// The directory of ``path``.
    let directory: String

    var lockPath: String { path + ".lock" }
    var logPath: String { path + "-wal" }
    private var journalPath: String { path + "-journal" }
    /// The path at which a copy makes the database.
    var copyPath: String { path + ".copying" }
    var mark: DatabaseMark { DatabaseMark(path: path + ".mark") }
    /// The owner of the files that root makes for the database or beside it; nil if the process does not belong to root.
    var owner: FileOwner? { FileOwner(of: path, or: directory) }

    init(_ given: String) throws(OpenError) {
        self.given = given
        func refused(_ reason: OpenError.Reason) -> OpenError { OpenError(path: given, reason: reason) }
        // Swift replaces bytes that are not UTF-8 with this character, which makes it the path of another file.
        guard !given.unicodeScalars.contains("\u{FFFD}") else { throw refused(.failed(cause: "the path is not UTF-8")) }
        if let path = Self.resolved(given) {
            self.path = path
        } else {
            let error = SystemError()
            guard error.code == ENOENT else { throw refused(.failed(cause: error.description)) }
            var link = stat()
            guard lstat(given, &link) != 0 else {
                throw refused(.failed(cause: "it is a link to a file that does not exist"))
            }
            let start = Self.startOfName(given)
            let name = String(given[start...])
            guard !name.isEmpty else {
                throw refused(given.isEmpty ? .failed(cause: "the path is empty") : .missingDirectory(given))
            }
            let parent = String(given[..<start])
            guard let parent = Self.resolved(parent.isEmpty ? "." : parent) else {
                throw refused(.missingDirectory(String(Substring(parent.utf8.dropLast()))))
            }
            self.path = parent == "/" ? "/\(name)" : "\(parent)/\(name)"
        }
        let directory = Substring(path[..<Self.startOfName(path)].utf8.dropLast())
        self.directory = directory.isEmpty ? "/" : String(directory)
    }

    /// Returns the index after the last slash. The search is for the byte, since a character that combines with the slash makes another
    /// one.
    static func startOfName(_ path: String) -> String.Index {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
    }

    /// Inspects the file without changing anything.
    func inspect() throws(OpenError) -> Condition {
        for companion in [logPath, journalPath] {
            do { try FileRule.database.check(companion) } catch {
                throw refused(.failed(cause: "\(companion) cannot be used: \(error)"))
            }
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = SystemError()
            guard error.code == ENOENT else { throw refused(.failed(cause: error.description)) }
            return try nothing()
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw refused(.notAFile) }
        do {
            let file = try FileRule.database.open(path, O_RDWR)
            guard try file.status().st_size > 0 else { return try nothing() }
            let header = try file.read(at: 0, count: DatabaseHeader.length)
            if let reason = DatabaseHeader.objection(to: header) { throw refused(reason) }
            if let damage = try WriteAheadLog.objection(to: logPath, of: header) {
                throw refused(.wrongLog(damage, log: logPath, lock: lockPath))
            }
            return .ours
        } catch {
            throw refused(error)
        }
    }

    /// Inspects the file in order to open it. Throws if a mark shows that a database was lost, unless `create` permits another one, and if a copy
    /// to this path is not complete.
    func inspect(create: Bool) throws(OpenError) -> Condition {
        let condition = try inspect()
        if condition == .new, !create, mark.isThere { throw refused(.lost(mark: mark.path)) }
        var copy = stat()
        if condition == .new, lstat(copyPath, &copy) == 0 { throw refused(.unfinishedCopy(copyPath)) }
        return condition
    }

    /// Returns whether there is data that could be lost: a file that is not empty, or a log. Throws if it is not a regular file.
    func isThere() throws(OpenError) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { throw refused(.notAFile) }
            if status.st_size > 0 { return true }
        }
        return stat(logPath, &status) == 0 && status.st_size > 0
    }

    func refused(_ reason: OpenError.Reason) -> OpenError { OpenError(path: given, reason: reason) }

    /// Returns the error for this file if opening it failed with `error`.
    func refused(_ error: any Error) -> OpenError {
        switch error {
        case let error as OpenError: error
        case let error as SystemError where [EACCES, EPERM, EROFS].contains(error.code):
            refused(.readOnly(cause: error.description))
        case let error as FileRefusal where [EACCES, EPERM, EROFS].contains(error.code):
            refused(.readOnly(cause: error.description))
        case let error as FileRefusal: refused(.failed(cause: error.description))
        default: refused(.failed(cause: cause(of: error)))
        }
    }

    /// Whether any file exists at the path of the log.
    var hasLog: Bool {
        var status = stat()
        return lstat(logPath, &status) == 0
    }

    /// Removes an empty log. The caller has the lock.
    func removeEmptyLog() {
        var status = stat()
        if lstat(logPath, &status) == 0, status.st_size == 0 { unlink(logPath) }
    }

    /// Refuses a log without a database. SQLite would delete a log that it finds beside an empty file, with the changes in it.
    private func nothing() throws(OpenError) -> Condition {
        for log in [logPath, journalPath] {
            var status = stat()
            if stat(log, &status) == 0, status.st_size > 0 { throw refused(.orphanedLog(log)) }
        }
        return .new
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

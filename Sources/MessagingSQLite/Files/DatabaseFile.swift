#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a database is, and what its first bytes say of it before SQLite is let near.
struct DatabaseFile: Sendable {
    /// What a look at the file found; everything else is an ``OpenError``.
    enum Condition {
        /// Nothing, or a file of length 0.
        case new
        /// A database of ours, of a version that we know.
        case ours
    }

    /// The path as it was given, for messages.
    let given: String
    /// The absolute path without links.
    let path: String
    /// The directory of ``path``.
    let directory: String

    var lockPath: String { path + ".lock" }
    var logPath: String { path + "-wal" }
    private var journalPath: String { path + "-journal" }
    var mark: DatabaseMark { DatabaseMark(path: path + ".mark") }
    /// Whose the files are that root makes for it, or beside it; nil unless the process is root's.
    var owner: FileOwner? { FileOwner(of: path, or: directory) }

    init(_ given: String) throws(OpenError) {
        self.given = given
        func refused(_ reason: OpenError.Reason) -> OpenError { OpenError(path: given, reason: reason) }
        // Swift puts this character in the place of bytes that are no UTF-8, which makes it the path of another file.
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

    /// Finds the end of the last slash. A character is not looked for, since one that combines with the slash makes another of it.
    static func startOfName(_ path: String) -> String.Index {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
    }

    /// Looks at the file without changing anything.
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

    /// The same, for opening it. Throws when a mark says that a database was lost, unless `create` says to make another.
    func inspect(create: Bool) throws(OpenError) -> Condition {
        let condition = try inspect()
        if condition == .new, !create, mark.isThere { throw refused(.lost(mark: mark.path)) }
        return condition
    }

    /// Whether anything is there that a database could be lost with: a file that is not empty, or a log. Throws when it is no file.
    func isThere() throws(OpenError) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else { throw refused(.notAFile) }
            if status.st_size > 0 { return true }
        }
        return stat(logPath, &status) == 0 && status.st_size > 0
    }

    func refused(_ reason: OpenError.Reason) -> OpenError { OpenError(path: given, reason: reason) }

    /// What `error` means when it came from opening this file.
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

    /// Whether there is anything at the place of the log.
    var hasLog: Bool {
        var status = stat()
        return lstat(logPath, &status) == 0
    }

    /// Removes a log that has nothing in it. The lock is the caller's.
    func removeEmptyLog() {
        var status = stat()
        if lstat(logPath, &status) == 0, status.st_size == 0 { unlink(logPath) }
    }

    /// SQLite would delete a log that it finds beside an empty file, and the changes in it: a log alone is refused.
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

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
    var mark: DatabaseMark { DatabaseMark(path: path + ".mark") }

    init(_ given: String) throws(OpenError) {
        self.given = given
        func refused(_ reason: OpenError.Reason) -> OpenError { OpenError(path: given, reason: reason) }
        if let path = Self.resolved(given) {
            self.path = path
        } else {
            let error = SystemError()
            guard error.code == ENOENT else { throw refused(.failed(cause: error.description)) }
            var link = stat()
            guard lstat(given, &link) != 0 else {
                throw refused(.failed(cause: "it is a link to a file that does not exist"))
            }
            let name = given.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
            guard !name.isEmpty else {
                throw refused(given.isEmpty ? .failed(cause: "the path is empty") : .missingDirectory(given))
            }
            let parent = given.dropLast(name.utf8.count)
            guard let parent = Self.resolved(parent.isEmpty ? "." : String(parent)) else {
                throw refused(.missingDirectory(String(parent.count > 1 ? parent.dropLast() : parent)))
            }
            self.path = parent == "/" ? "/\(name)" : "\(parent)/\(name)"
        }
        let directory = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
        self.directory = directory.isEmpty ? "/" : String(directory)
    }

    /// Looks at the file without changing anything.
    func inspect() throws(OpenError) -> Condition {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = SystemError()
            guard error.code == ENOENT else { throw refused(.failed(cause: error.description)) }
            return try nothing()
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw refused(.notAFile) }
        for companion in [logPath, path + "-journal"] {
            do { try FileRule.database.check(companion) } catch {
                throw refused(.failed(cause: "\(companion) cannot be used: \(error)"))
            }
        }
        do {
            let file = try FileRule.database.open(path, O_RDWR)
            guard try file.status().st_size > 0 else { return try nothing() }
            if let reason = try DatabaseHeader.objection(to: file.read(at: 0, count: DatabaseHeader.length)) {
                throw refused(reason)
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

    /// SQLite would delete a log that it finds beside an empty file, and the changes in it: a log alone is refused.
    private func nothing() throws(OpenError) -> Condition {
        for log in [logPath, path + "-journal"] {
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

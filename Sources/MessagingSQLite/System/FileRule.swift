#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The conditions for a file that the server uses. All checks of files are here; `docs/operations.md`, "Files", has them as a table.
///
/// - It is of the right kind, a regular file or a socket. A FIFO or a device is never opened, so no open blocks.
/// - A file that the server writes is not a symbolic link and has no other name (a hard link). A file that it only reads may be either, and
///   the checks are of the target.
/// - It belongs to the user of the process or to root. It may belong to another user if the process is root, or if its group has access and
///   is one of the process's own or root's.
/// - Only a group that is one of the process's own or root's may write to it, or read it if it is a secret.
/// - Others may not write to it, nor read it if it is a secret.
package struct FileRule: Sendable {
    private let isWritten: Bool
    private let isSecret: Bool
    private let kind: mode_t
    /// Whether the user of a command named the file. Then only its kind matters.
    private var isGiven = false

    /// The rule for the database and its log.
    package static let database = FileRule(isWritten: true, isSecret: false, kind: S_IFREG)
    /// The rule for the lock and the mark beside a database.
    package static let companion = FileRule(isWritten: true, isSecret: false, kind: S_IFREG)
    /// The rule for the administration socket.
    package static let socket = FileRule(isWritten: true, isSecret: false, kind: S_IFSOCK)
    /// The rule for the key that seals secrets, and for the private key of the certificate.
    package static let key = FileRule(isWritten: false, isSecret: true, kind: S_IFREG)
    /// The rule for the certificate.
    package static let certificate = FileRule(isWritten: false, isSecret: false, kind: S_IFREG)
    /// The rule for a backup or a document that a command reads. Its owner and mode do not matter.
    package static let given = FileRule(isWritten: false, isSecret: false, kind: S_IFREG, isGiven: true)

    /// Opens a file that meets the rule, without blocking. Creates a missing file, of mode 0600, if `flags` has `O_CREAT`.
    package func open(_ path: String, _ flags: Int32) throws(FileRefusal) -> FileDescriptor {
        try check(path)
        let file: FileDescriptor
        let status: stat
        do throws(SystemError) {
            file = try FileDescriptor(opening: path, flags | O_NONBLOCK | O_NOCTTY | (isWritten ? O_NOFOLLOW : 0))
            status = try file.status()
        } catch {
            throw FileRefusal(error, ownerOf: path)
        }
        try check(status)
        return file
    }

    /// Checks the file at a path without opening it. Returns false if it does not exist.
    @discardableResult
    package func check(_ path: String) throws(FileRefusal) -> Bool {
        guard let found = try look(at: path) else { return false }
        try check(found)
        return true
    }

    /// Returns a warning about others who may read an open secret, or nil if there are none.
    package func warning(_ file: FileDescriptor) -> String? {
        guard isSecret, let status = try? file.status(), status.st_mode & S_IRWXG != 0 else { return nil }
        return "its group (\(status.st_gid)) may read it, too"
    }

    private func look(at path: String) throws(FileRefusal) -> stat? {
        var found = stat()
        if (isWritten ? lstat(path, &found) : stat(path, &found)) == 0 { return found }
        let error = SystemError()
        guard error.code == ENOENT else { throw FileRefusal(error) }
        guard lstat(path, &found) != 0 else { throw FileRefusal("it is a symbolic link to a file that does not exist") }
        return nil
    }

    private func check(_ found: stat) throws(FileRefusal) {
        let user = geteuid()
        let group = found.st_mode & S_IRWXG
        guard found.st_mode & S_IFMT != S_IFLNK else { throw FileRefusal("it is a symbolic link") }
        guard found.st_mode & S_IFMT == kind else {
            throw FileRefusal(kind == S_IFREG ? "it is not a regular file" : "it is not a socket")
        }
        if isGiven { return }
        guard !isWritten || found.st_nlink < 2 else {
            throw FileRefusal("it has \(found.st_nlink) names (hard links), but may have only one")
        }
        let forbidden = isSecret ? mode_t(0o7) : mode_t(0o2)
        guard found.st_mode & forbidden == 0 else { throw FileRefusal(access: "users other than its owner", found) }
        let isOwnGroup = found.st_gid == 0 || Self.groups.contains(found.st_gid)
        guard isOwnGroup || group & (forbidden << 3) == 0 else {
            throw FileRefusal(access: "its group (\(found.st_gid)), which is not one of the server's,", found)
        }
        guard user == 0 || found.st_uid == user || found.st_uid == 0 || (isOwnGroup && group != 0) else {
            throw FileRefusal("it belongs to user \(found.st_uid), and the server runs as user \(user)")
        }
    }

    /// The groups of the process.
    private static var groups: [gid_t] {
        var groups = [gid_t](repeating: 0, count: max(0, Int(getgroups(0, nil))))
        let count = getgroups(Int32(groups.count), &groups)
        return [getegid(), getgid()] + groups.prefix(max(0, Int(count)))
    }
}

/// The reason to refuse a file, as the rest of a line that names the file.
package struct FileRefusal: Error, CustomStringConvertible {
    package let description: String
    /// The number of the system's error; nil if a ``FileRule`` refused the file.
    package let code: Int32?

    init(_ description: String) {
        self.description = description
        code = nil
    }

    init(_ error: SystemError) {
        description = error.description
        code = error.code
    }

    /// Creates a refusal that names the owner of the file if this user may not open it.
    fileprivate init(_ error: SystemError, ownerOf path: String) {
        var found = stat()
        let isDenied = [EACCES, EPERM].contains(error.code) && stat(path, &found) == 0
        let mode = String(found.st_mode & 0o7777, radix: 8)
        description =
            isDenied ? "\(error); it belongs to user \(found.st_uid), its mode is 0\(mode)" : error.description
        code = error.code
    }

    fileprivate init(access: String, _ found: stat) {
        let mode = String(found.st_mode & 0o7777, radix: 8)
        self.init("\(access) may read or write it: its mode is 0\(mode) and must be 0600")
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A locked file beside the database that has our process id. Only the process with the lock uses the database.
///
/// The lock ends with the process, however the process ends, and with the last reference. ``release()`` also deletes the file.
final class ExclusiveLock: Sendable {
    enum Failure: Error, CustomStringConvertible {
        case held(by: Int32?)
        case refused(FileRefusal)
        case system(SystemError)

        var description: String {
            switch self {
            case .held: "it is locked"
            case .refused(let refusal): refusal.description
            case .system(let error): error.description
            }
        }
    }

    let path: String
    private let file: FileDescriptor

    private init(path: String, file: FileDescriptor) {
        self.path = path
        self.file = file
    }

    /// Unlocks explicitly. Closing the file is not enough while a child process, which has a copy of the descriptor between its fork and
    /// its exec, keeps the file open.
    deinit { flock(file.number, LOCK_UN) }

    /// Takes the lock if its file exists, changing nothing. Returns nil if the file does not exist.
    static func existing(at path: String) throws(Failure) -> ExclusiveLock? {
        try take(path, flags: O_RDWR)
    }

    /// Takes the lock. Creates its file if necessary.
    static func create(at path: String) throws(Failure) -> ExclusiveLock {
        while true {
            if let lock = try take(path, flags: O_RDWR | O_CREAT) { return lock }
        }
    }

    /// Writes our process id for the next process that tries to take the lock. If `hasLog` is true, it also writes that the database has a
    /// log of changes. A process that later finds this and no log knows that the log was lost.
    func claim(hasLog: Bool = false) throws(SystemError) {
        let bytes = Array("\(getpid())\n\(hasLog ? Self.logMark : "")".utf8)
        // This order keeps the previous content if the disk is full.
        try file.write(bytes, at: 0)
        guard ftruncate(file.number, off_t(bytes.count)) == 0 else { throw SystemError() }
    }

    /// Whether the previous process with the lock left a database with a log.
    var wasLeftWithLog: Bool {
        guard let bytes = try? file.read(at: 0, count: 64) else { return false }
        return String(decoding: bytes, as: UTF8.self).hasSuffix("\n" + Self.logMark)
    }

    private static let logMark = "with a log\n"

    /// Deletes the file, unless another file is in its place. The lock itself ends with this object. Deleting the file first is safe
    /// because ``take(_:flags:)`` only trusts a file that is still at its path.
    func release() {
        if Self.is(file, at: path) { unlink(path) }
    }

    private static func take(_ path: String, flags: Int32) throws(Failure) -> ExclusiveLock? {
        let file: FileDescriptor
        do {
            file = try FileRule.companion.open(path, flags)
        } catch {
            if error.code == ENOENT, flags & O_CREAT == 0 { return nil }
            throw .refused(error)
        }
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError()
            throw error.code == EWOULDBLOCK ? .held(by: owner(in: file)) : .system(error)
        }
        return Self.is(file, at: path) ? ExclusiveLock(path: path, file: file) : nil
    }

    private static func `is`(_ file: FileDescriptor, at path: String) -> Bool {
        var named = stat()
        guard lstat(path, &named) == 0, let held = try? file.status() else { return false }
        return held.st_ino == named.st_ino && held.st_dev == named.st_dev
    }

    private static func owner(in file: FileDescriptor) -> Int32? {
        guard let bytes = try? file.read(at: 0, count: 16) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// SQLite's own exclusive lock on a database file. It is taken without SQLite, so it also works on a damaged file. It ends with this
/// object.
///
/// It is on the bytes that SQLite locks (https://sqlite.org/lockingv3.html). A process that has the file open in SQLite keeps a lock on
/// them.
struct SQLiteLock {
    private let file: FileDescriptor

    /// Takes the lock on the file of a database. Returns nil if the file does not exist. Throws if another process has the database open.
    init?(_ database: DatabaseFile) throws(OpenError) {
        do {
            file = try FileDescriptor(opening: database.path, O_RDWR | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            if error.code == ENOENT { return nil }
            throw database.refused(.failed(cause: "it cannot be locked: \(error)"))
        }
        var range = Self.range
        guard fcntl(file.number, F_SETLK, &range) != 0 else { return }
        let error = SystemError()
        guard [EAGAIN, EACCES].contains(error.code) else {
            throw database.refused(.failed(cause: "it cannot be locked: \(error)"))
        }
        range = Self.range
        let isKnown = fcntl(file.number, F_GETLK, &range) == 0 && range.l_type != Int16(F_UNLCK) && range.l_pid > 0
        throw database.refused(.inUse(process: isKnown ? range.l_pid : nil))
    }

    /// Takes SQLite's shared lock on an open file until it is closed. Meanwhile no process writes to the database except to a log that
    /// several processes share. Throws EAGAIN or EACCES if another process has the exclusive lock, as a server does.
    static func share(_ file: FileDescriptor) throws(SystemError) {
        var range = flock()
        range.l_type = Int16(F_RDLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = 0x4000_0002
        range.l_len = 510
        guard fcntl(file.number, F_SETLK, &range) == 0 else { throw SystemError() }
    }

    /// The pending byte, the reserved byte and the shared bytes, for a write lock.
    private static var range: flock {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = 0x4000_0000
        range.l_len = 512
        return range
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether the disk of a database has room for a commit, which only writing shows: quotas and reserves are in no number of the system's.
enum FreeRoom {
    /// The size of a commit of many changes, so that a database which is said to have room does not refuse the next one.
    private static let size = 256 << 10

    /// Writes a file beside the database and makes it durable. The file has no name by then, so it is gone whatever happens. Throws when
    /// there is no room; other errors say nothing of that.
    static func check(beside path: String) throws(SystemError) {
        let draft = path + ".room"
        do {
            unlink(draft)
            let file = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
            unlink(draft)
            try file.write([UInt8](repeating: 0xA5, count: size), at: 0)
            try file.synchronize()
        } catch {
            if [ENOSPC, EDQUOT].contains(error.code) { throw error }
        }
    }
}

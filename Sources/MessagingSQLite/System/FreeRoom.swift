#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A check whether the disk of a database has room for a commit. Only writing shows this: the system's numbers ignore quotas and reserves.
enum FreeRoom {
    /// The size of a commit of many changes, so a database that passes the check does not refuse the next commit.
    private static let size = 256 << 10

    /// Writes a file beside the database and makes it durable. The file no longer has a name then, so it is deleted in any case. Throws if
    /// there is no room. Other errors are ignored.
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

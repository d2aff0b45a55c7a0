#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The log of a database that was not closed in peace.
enum WriteAheadLog {
    private static let step = 1 << 20

    /// Makes the log durable as it reads now; without a log, nothing happens.
    ///
    /// After a failed sync the kernel holds pages that it believes to be on the disk and that are not. SQLite would take
    /// them for written and copy them over the database, and a power cut could then leave half of that. Writing the same
    /// bytes again makes the kernel send them again, and the sync then means what it says.
    static func rewrite(_ path: String) throws(SystemError) {
        let file: FileDescriptor
        do {
            file = try FileDescriptor(opening: path, O_RDWR | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            if error.code == ENOENT { return }
            throw error
        }
        var offset: off_t = 0
        while true {
            let bytes = try file.read(at: offset, count: step)
            if bytes.isEmpty { break }
            try file.write(bytes, at: offset)
            offset += off_t(bytes.count)
        }
        if offset > 0 { try file.synchronize() }
    }
}

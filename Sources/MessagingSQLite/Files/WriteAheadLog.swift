#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The log of a database that was not closed properly.
enum WriteAheadLog {
    private static let step = 1 << 20
    /// The format of the header: https://sqlite.org/fileformat2.html#wal_file_format
    private static let headerLength = 32
    private static let magic: UInt32 = 0x377F_0682

    /// Returns the fault of the log at a path as that of a database that begins with `header`, or nil if it may be used. A log that is not
    /// longer than a header has no changes, so a new header that a crash left incomplete is not a fault.
    static func objection(to path: String, of header: [UInt8]) throws -> OpenError.WrongLog? {
        guard try FileRule.database.check(path) else { return nil }
        let file = try FileRule.database.open(path, O_RDONLY)
        guard try file.status().st_size > headerLength else { return nil }
        if DatabaseHeader.isInRollbackMode(header) { return .foreign }
        return isHeader(try file.read(at: 0, count: headerLength)) ? nil : .damaged
    }

    /// Returns whether SQLite accepts these bytes as the header of a log. The last eight are a checksum of all others.
    private static func isHeader(_ bytes: [UInt8]) -> Bool {
        func number(at offset: Int, littleEndian: Bool = false) -> UInt32 {
            let word = bytes[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return littleEndian ? word.byteSwapped : word
        }
        guard bytes.count == headerLength, number(at: 0) & ~1 == magic else { return false }
        let isLittleEndian = number(at: 0) & 1 == 0
        var (first, second): (UInt32, UInt32) = (0, 0)
        for offset in stride(from: 0, to: 24, by: 8) {
            first &+= number(at: offset, littleEndian: isLittleEndian) &+ second
            second &+= number(at: offset + 4, littleEndian: isLittleEndian) &+ first
        }
        return first == number(at: 24) && second == number(at: 28)
    }

    /// Makes the present content of the log durable, if there is a log.
    ///
    /// After a failed sync the kernel has pages that it believes to be on the disk and that are not. SQLite would take them for written and
    /// copy them over the database, and a power cut could then leave half of that. Writing the same bytes again makes the kernel send them
    /// again, and the next sync is reliable.
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

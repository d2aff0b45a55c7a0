#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The first bytes of a database file, which distinguish it from other files without SQLite.
///
/// A file of this program has them from the moment it exists, because it is created under another name (``NewDatabase``).
enum DatabaseHeader {
    static let length = 100
    /// The position of the journal mode in the header, and the two bytes for a rollback journal.
    private static let modeOffset = 18
    private static let rollbackMode: [UInt8] = [1, 1]

    /// Returns whether a file that begins with `bytes` needs no log beside it.
    static func isInRollbackMode(_ bytes: [UInt8]) -> Bool { bytes.dropFirst(modeOffset).starts(with: rollbackMode) }

    /// Changes a file without a log into one that needs none. It must not be open in SQLite.
    static func setRollbackMode(of file: FileDescriptor) throws(SystemError) {
        try file.write(rollbackMode, at: off_t(modeOffset))
    }

    /// Returns the reason to refuse a file that begins with `bytes`, or nil if it is a database of this program.
    static func objection(to bytes: [UInt8]) -> OpenError.Reason? {
        guard bytes.count == length, bytes.starts(with: "SQLite format 3\0".utf8) else { return .notADatabase }
        guard number(in: bytes, at: 68) == DatabaseSchema.applicationID else { return .otherProgram }
        return objection(toVersion: Int(number(in: bytes, at: 60)))
    }

    /// Returns the reason to refuse a database of this program with this schema version, or nil if it can be opened.
    static func objection(toVersion version: Int) -> OpenError.Reason? {
        if version > DatabaseSchema.version { return .newerVersion(found: version, known: DatabaseSchema.version) }
        if version < 1 { return .corrupt(cause: "its schema version is \(version)") }
        return nil
    }

    private static func number(in bytes: [UInt8], at offset: Int) -> Int32 {
        Int32(bitPattern: bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) })
    }
}

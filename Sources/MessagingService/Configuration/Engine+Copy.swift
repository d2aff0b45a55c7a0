import MessagingCore
import MessagingPostgres
import MessagingSQLite

extension Engine {
    /// Returns a new absolute path for the backup that is copied in place of the database, since one process at a time has it open. Returns nil
    /// if a copy reads the database itself.
    func backupForCopy() -> String? { beside(".copy-source-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))") }

    /// Throws one line if the database cannot be copied. Changes nothing, and blocks the calling thread.
    func checkCopySource() throws {
        guard isThere else { throw StartError("there is no database at \(self)") }
        if case .postgres(let address) = self { try PostgresCopySource.check(address) }
    }

    /// Throws one line if the database cannot be the target of a copy. Changes nothing, and blocks the calling thread.
    func checkCopyTarget() throws {
        switch self {
        case .file(let path): try SQLiteCopyTarget.check(path)
        case .memory: throw refusal(of: "copy")
        case .postgres(let address): try PostgresCopyTarget.check(address)
        }
    }

    /// Returns the database, or the backup that was made of it, as the source of a copy. If `isFinal` is true, the database takes no writes from
    /// then on; a backup was made with the same wish. Throws one line if it cannot be used. Blocks the calling thread.
    func copySource(_ backup: String?, isFinal: Bool) throws -> any CopySource {
        switch self {
        case .postgres(let address): try PostgresCopySource(address, isFinal: isFinal)
        case .file, .memory: try SQLiteCopySource(backup: backup ?? "", isFinal: isFinal)
        }
    }

    /// Returns the database as the target of a copy. Throws one line if it is not empty or cannot be used. Blocks the calling thread.
    func copyTarget() throws -> any CopyTarget {
        switch self {
        case .file(let path): try SQLiteCopyTarget(path)
        case .memory: throw refusal(of: "copy")
        case .postgres(let address): try PostgresCopyTarget(address)
        }
    }
}

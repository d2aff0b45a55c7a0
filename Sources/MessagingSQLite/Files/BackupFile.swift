#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file of a backup or an export. It is written under another name in the same directory, and gets its own name only when it is
/// complete, checked and durable.
struct BackupFile: Sendable {
    /// The given path.
    let path: String
    /// The path of the draft. No other process has a file of this name.
    let draft: String
    private let directory: String
    private let file: FileDescriptor

    /// Creates the draft, empty and of mode 0600. Throws if `path` already exists or is one of the database's own names.
    init(_ path: String, apartFrom database: DatabaseFile?) throws(BackupError) {
        try database?.checkOutput(path)
        var existing = stat()
        guard lstat(path, &existing) != 0 else { throw BackupError("\(path) already exists") }
        let (directory, name) = Self.parts(of: path)
        self.path = path
        self.directory = directory
        draft = "\(directory)/.\(name).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).partial"
        do throws(SystemError) { file = try Drafts.make(draft) } catch {
            throw BackupError("cannot write \(path): \(error)")
        }
    }

    /// Returns the directory and the name of a path.
    static func parts(of path: String) -> (directory: String, name: String) {
        let start = DatabaseFile.startOfName(path)
        let directory = String(Substring(path[..<start].utf8.dropLast()))
        return (start == path.startIndex ? "." : directory.isEmpty ? "/" : directory, String(path[start...]))
    }

    /// Makes the bytes written so far durable.
    func synchronize() throws(SystemError) { try file.synchronize() }

    /// Writes the whole content of a file that is not a database, and makes it durable.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        try file.write(bytes, at: 0)
        try file.synchronize()
    }

    /// Makes the draft durable, in SQLite's rollback mode: it needs no other file, and a reader need not write to it.
    func seal() throws(SystemError) {
        try DatabaseHeader.setRollbackMode(of: file)
        try file.synchronize()
    }

    /// Gives the sealed draft its name, and returns its size in bytes. Throws if the name exists by now.
    func publish() throws(BackupError) -> Int {
        do {
            let size = Int(try file.status().st_size)
            if link(draft, path) == 0 {
                unlink(draft)
            } else {
                let error = SystemError()
                var existing = stat()
                // Some file systems have no links.
                guard error.code != EEXIST, lstat(path, &existing) != 0 else {
                    throw BackupError("\(path) already exists")
                }
                guard rename(draft, path) == 0 else { throw SystemError() }
            }
            Drafts.forget(draft)
            try FileDescriptor(opening: directory, O_RDONLY).synchronize()
            return size
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot write \(path): \(error)")
        }
    }

    /// Deletes the draft.
    func discard() { Drafts.discard(draft) }
}

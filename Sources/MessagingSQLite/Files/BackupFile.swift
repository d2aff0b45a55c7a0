#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file that a backup or an export becomes: written under another name in the same directory, and there under its own only when it is
/// whole, checked and durable.
struct BackupFile: Sendable {
    /// The path as it was given.
    let path: String
    /// What is written. Nobody else has a file of this name.
    let draft: String
    private let directory: String
    private let file: FileDescriptor

    /// Makes the draft, empty and of mode 0600. Throws when there is something at `path`, and when that is a name of the database's own.
    init(_ path: String, apartFrom database: DatabaseFile?) throws(BackupError) {
        try database?.checkOutput(path)
        var existing = stat()
        guard lstat(path, &existing) != 0 else { throw BackupError("there is something at \(path) already") }
        let (directory, name) = Self.parts(of: path)
        self.path = path
        self.directory = directory
        draft = "\(directory)/.\(name).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).partial"
        do throws(SystemError) { file = try Drafts.make(draft) } catch {
            throw BackupError("cannot write \(path): \(error)")
        }
    }

    /// The directory and the name of a path.
    static func parts(of path: String) -> (directory: String, name: String) {
        let start = DatabaseFile.startOfName(path)
        let directory = String(Substring(path[..<start].utf8.dropLast()))
        return (start == path.startIndex ? "." : directory.isEmpty ? "/" : directory, String(path[start...]))
    }

    /// Makes what was written so far durable.
    func synchronize() throws(SystemError) { try file.synchronize() }

    /// Writes the whole content of a file that is no database, and makes it durable.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        try file.write(bytes, at: 0)
        try file.synchronize()
    }

    /// Makes the draft a file that needs no other and that a reader need not write to (SQLite's rollback mode), and durable.
    func seal() throws(SystemError) {
        try DatabaseHeader.setRollbackMode(of: file)
        try file.synchronize()
    }

    /// Gives the sealed draft its name. Throws when there is something of that name by now.
    func publish() throws(BackupError) -> Int {
        do {
            let size = Int(try file.status().st_size)
            if link(draft, path) == 0 {
                unlink(draft)
            } else {
                let error = SystemError()
                var existing = stat()
                // Not every file system has links.
                guard error.code != EEXIST, lstat(path, &existing) != 0 else {
                    throw BackupError("there is something at \(path) already")
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

    /// Takes the draft away.
    func discard() {
        unlink(draft)
        Drafts.forget(draft)
    }
}

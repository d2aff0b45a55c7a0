#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file that a backup becomes: written under another name in the same directory, and there under its own only when it is whole,
/// checked and durable.
struct BackupFile: Sendable {
    /// The path as it was given.
    let path: String
    /// What is written.
    let draft: String
    private let directory: String
    /// Open and locked, so that no other backup writes into the same draft.
    private let file: FileDescriptor

    /// Makes the draft, empty and of mode 0600, in the place of one that a killed process left. Throws when there is something at `path`.
    init(_ path: String) throws(BackupError) {
        var existing = stat()
        guard lstat(path, &existing) != 0 else { throw BackupError("there is something at \(path) already") }
        let slash = path.lastIndex(of: "/")
        directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        self.path = path
        draft = path + ".partial"
        do throws(SystemError) {
            file = try Self.take(draft)
        } catch {
            let isTaken = error.code == EWOULDBLOCK
            throw BackupError("cannot write \(path): \(isTaken ? "another backup is writing it" : error.description)")
        }
    }

    /// Opens the draft anew, under a lock that ends with the process.
    private static func take(_ draft: String) throws(SystemError) -> FileDescriptor {
        if let left = try? FileDescriptor(opening: draft, O_RDWR | O_NOFOLLOW) {
            guard flock(left.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError() }
            unlink(draft)
        }
        let file = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { throw SystemError() }
        return file
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
                // Not every file system has links.
                guard error.code != EEXIST, access(path, F_OK) != 0 else {
                    throw BackupError("there is something at \(path) already")
                }
                guard rename(draft, path) == 0 else { throw SystemError() }
            }
            try FileDescriptor(opening: directory, O_RDONLY).synchronize()
            return size
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot write \(path): \(error)")
        }
    }

    /// Takes the draft away.
    func discard() { unlink(draft) }
}

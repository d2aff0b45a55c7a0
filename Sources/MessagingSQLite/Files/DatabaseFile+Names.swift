#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The names beside a database that are for its own files.
extension DatabaseFile {
    /// The suffixes of these names.
    private static let suffixes = [
        "-wal", "-journal", "-shm", ".lock", ".mark", ".key", ".socket", ".new", ".restoring", ".restored",
        ".copying",
    ]
    /// The suffixes while such a file is made.
    private static let drafts = [
        ".room", ".mark.new", ".key.new", ".restored.new", ".new-wal", ".new-journal", ".restoring-wal",
        ".restoring-journal", ".copying-journal",
    ]

    /// Throws if the database has a name that is for a file of another database.
    func checkName() throws(OpenError) {
        if let suffix = Self.suffixes.first(where: path.hasSuffix) {
            throw refused(
                .failed(
                    cause: "names that end in \(suffix) are reserved for files beside a database: choose another name"
                )
            )
        }
    }

    /// Throws if a new file at this path would be in the place of the database or of a file that belongs to it.
    func checkOutput(_ file: String) throws(BackupError) {
        let (parent, name) = BackupFile.parts(of: file)
        var (found, own) = (stat(), stat())
        guard stat(parent, &found) == 0, stat(directory, &own) == 0, found.isSameFile(as: own) else { return }
        for (number, each) in all.enumerated() where BackupFile.parts(of: each).name == name {
            throw number == 0
                ? BackupError("\(file) is the database itself")
                : BackupError("the name of \(file) is reserved for a file of the database: choose another name")
        }
    }

    /// Throws if an input file is the database or a file that belongs to it, by any name.
    ///
    /// Opens nothing, because closing any descriptor of the database would end this process's locks on it.
    func checkInput(_ file: String) throws(BackupError) {
        var (found, own) = (stat(), stat())
        guard stat(file, &found) == 0 else { return }
        for (number, each) in all.enumerated() where lstat(each, &own) == 0 && found.isSameFile(as: own) {
            throw number == 0
                ? BackupError("\(file) is the database itself")
                : BackupError("\(file) is one of the database's own files, \(each)")
        }
    }

    private var all: [String] { [path] + (Self.suffixes + Self.drafts).map { path + $0 } }
}

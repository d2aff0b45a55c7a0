#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A checked and durable database that waits beside another one to take its place.
///
/// From the moment at which it has its name, ``path``, the replacement is decided: whoever opens the database next does what a crash left
/// undone. Before that moment nothing of the old database was touched. The lock is the caller's.
struct Replacement {
    private let database: DatabaseFile

    /// The replacement of a database, whether there is one or not.
    init(of database: DatabaseFile) { self.database = database }

    /// Where a replacement is made.
    var draft: String { database.path + ".restoring" }
    /// Where it waits.
    private var path: String { database.path + ".restored" }

    /// Whether a database is decided to be replaced, and is not yet.
    var isDecided: Bool { access(path, F_OK) == 0 }

    /// Decides that the draft, which is durable, replaces the database.
    func decide() throws(SystemError) {
        guard rename(draft, path) == 0 else { throw SystemError() }
        try synchronizeDirectory()
    }

    /// Replaces the database, and returns the path under which the old one is kept with its log; nil when there was none.
    ///
    /// Each step leaves what the next call goes on from.
    @discardableResult
    func finish() throws(SystemError) -> String? {
        let made = try FileDescriptor(opening: path, O_RDONLY).status()
        let kept = try keep(madeAt: made.modified)
        guard rename(path, database.path) == 0 else { throw SystemError() }
        try synchronizeDirectory()
        return kept
    }

    /// Takes away what an interrupted attempt left that decided nothing.
    func discard() {
        for suffix in ["", "-journal", "-wal"] { unlink(draft + suffix) }
    }

    /// Gives the old database and its logs another name. The database keeps its own beside that until it is replaced, where the file
    /// system allows that.
    private func keep(madeAt seconds: time_t) throws(SystemError) -> String? {
        var old = stat()
        let isThere = lstat(database.path, &old) == 0 && old.st_size > 0
        let base = keptName(seconds)
        var name = base
        if isThere {
            var number = 1
            while link(database.path, name) != 0 {
                let error = SystemError()
                if error.code == EEXIST {
                    var other = stat()
                    if lstat(name, &other) == 0, other.st_ino == old.st_ino, other.st_dev == old.st_dev { break }
                    number += 1
                    name = "\(base)-\(number)"
                } else if [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(error.code) {
                    guard rename(database.path, name) == 0 else { throw SystemError() }
                    break
                } else {
                    throw error
                }
            }
        }
        for suffix in ["-wal", "-journal"] where access(database.path + suffix, F_OK) == 0 {
            guard rename(database.path + suffix, name + suffix) == 0 else { throw SystemError() }
        }
        try synchronizeDirectory()
        return access(name, F_OK) == 0 ? name : nil
    }

    /// The name that a database gets when another one takes its place that was made in this second.
    func keptName(_ seconds: time_t) -> String { "\(database.path).before-\(Self.text(seconds))" }

    private func synchronizeDirectory() throws(SystemError) {
        try FileDescriptor(opening: database.directory, O_RDONLY).synchronize()
    }

    /// `20261128T170000Z`
    private static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension stat {
    /// The second in which the content was last changed.
    fileprivate var modified: time_t {
        #if canImport(Darwin)
            st_mtimespec.tv_sec
        #else
            st_mtim.tv_sec
        #endif
    }
}

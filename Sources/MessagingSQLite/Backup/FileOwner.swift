#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whose a file has to be that root makes beside a database of another user's, so that this user's server can use it.
struct FileOwner {
    private let user: uid_t
    private let group: gid_t

    /// The owner of the database, or of its directory when there is none; nil unless the process is root's.
    init?(for database: DatabaseFile) {
        var found = stat()
        guard geteuid() == 0, lstat(database.path, &found) == 0 || stat(database.directory, &found) == 0 else {
            return nil
        }
        (user, group) = (found.st_uid, found.st_gid)
    }

    /// Makes it the owner of a file, where the file system has owners.
    func take(_ file: FileDescriptor) { _ = fchown(file.number, user, group) }
}

extension stat {
    /// Whether both are of one file, by whatever names.
    func isSameFile(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }
}

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

    /// The owner of a file, or of a directory when there is no such file; nil unless the process is root's.
    init?(of path: String, or directory: String) {
        var found = stat()
        guard geteuid() == 0, lstat(path, &found) == 0 || stat(directory, &found) == 0 else { return nil }
        (user, group) = (found.st_uid, found.st_gid)
    }

    /// Makes it the owner of a file, where the file system has owners.
    func take(_ file: FileDescriptor) { _ = fchown(file.number, user, group) }
}

extension stat {
    /// Whether both are of one file, by whatever names.
    func isSameFile(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }

    /// Whether the content of the file has been the same since then, as far as its time and its size say.
    func isUnchanged(since other: stat) -> Bool {
        #if canImport(Darwin)
            let (time, before) = (st_mtimespec, other.st_mtimespec)
        #else
            let (time, before) = (st_mtim, other.st_mtim)
        #endif
        return time.tv_sec == before.tv_sec && time.tv_nsec == before.tv_nsec && st_size == other.st_size
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The owner for a file that root makes beside another user's database, so that this user's server can use it.
struct FileOwner {
    private let user: uid_t
    private let group: gid_t

    /// Creates the owner of a file, or of a directory if the file does not exist. Returns nil unless the process belongs to root.
    init?(of path: String, or directory: String) {
        var found = stat()
        guard geteuid() == 0, lstat(path, &found) == 0 || stat(directory, &found) == 0 else { return nil }
        (user, group) = (found.st_uid, found.st_gid)
    }

    /// Makes it the owner of a file, if the file system has owners.
    func take(_ file: FileDescriptor) { _ = fchown(file.number, user, group) }
}

extension stat {
    /// Returns whether both are of one file, by any names.
    func isSameFile(as other: stat) -> Bool { st_dev == other.st_dev && st_ino == other.st_ino }

    /// Returns whether the content of the file is the same as before, as far as its time and its size show.
    func isUnchanged(since other: stat) -> Bool {
        #if canImport(Darwin)
            let (time, before) = (st_mtimespec, other.st_mtimespec)
        #else
            let (time, before) = (st_mtim, other.st_mtim)
        #endif
        return time.tv_sec == before.tv_sec && time.tv_nsec == before.tv_nsec && st_size == other.st_size
    }
}

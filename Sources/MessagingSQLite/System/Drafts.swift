import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The unfinished files of this process. A signal that ends the process deletes them.
package enum Drafts {
    private static let paths = Mutex<Set<String>>([])

    /// Creates a file of mode 0600 and opens it. Throws if the path exists.
    static func make(_ path: String) throws(SystemError) -> FileDescriptor {
        let result = paths.withLock { paths in
            Result { () throws(SystemError) in
                let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
                paths.insert(path)
                return file
            }
        }
        return try result.get()
    }

    /// Adds the path of a file that another process is about to make to the list of drafts.
    package static func expect(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// Deletes a file of the list, and removes it from there.
    package static func discard(_ path: String) {
        unlink(path)
        forget(path)
    }

    /// Removes a file from the list of drafts, since it has its name or is deleted.
    static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Deletes all drafts and ends the process. No new draft can be made. If the disk hangs, the process ends after 0.4 seconds, and the
    /// remaining drafts stay.
    package static func discardAndExit(_ code: Int32) -> Never {
        Thread.detachNewThread {
            usleep(400_000)
            _exit(code)
        }
        paths.withLock { paths in
            for path in paths { unlink(path) }
            _exit(code)
        }
        _exit(code)
    }
}

import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files that this process has begun and not finished, so that a signal that ends it leaves none.
package enum Drafts {
    private static let paths = Mutex<Set<String>>([])

    /// Makes a file where nothing is, open and of mode 0600.
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

    /// Leaves a file to its fate, since it has its name or is gone.
    static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Ends the process after it has taken away what it has begun; it begins nothing more. A disk that hangs is waited for 0.4 seconds.
    /// What is not taken away by then stays.
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

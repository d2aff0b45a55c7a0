package import Foundation

/// Files that no reader sees in part, even if the program ends while it writes them.
package enum WholeFile {
    /// Writes a file under another name in the same directory, which must exist, and renames it to `path`. If `path` is a symbolic
    /// link, the link stays, and the file that it leads to is written. `mode` is that of a new file. With `durably`, the bytes are on the disk
    /// before the file has its name; without it, a loss of power may leave the file empty. The failure says what to do with `next`.
    package static func write(
        _ bytes: [UInt8],
        to path: String,
        mode: mode_t = 0o666,
        durably: Bool = false,
        next: String? = nil
    ) throws(Failure) {
        guard let target = target(of: path) else { throw unwritable(path, ELOOP, next) }
        let folder = (target as NSString).deletingLastPathComponent
        let new = (folder as NSString).appendingPathComponent(".messaging-\(UUID().uuidString)")
        let file = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw unwritable(path, errno, next) }
        let isWritten = write(bytes, to: file) && (!durably || fsync(file) == 0)
        let cause = errno
        guard close(file) == 0, isWritten, rename(new, target) == 0 else {
            let cause = isWritten ? errno : cause
            unlink(new)
            throw unwritable(path, cause, next)
        }
    }

    /// Returns the path that a chain of symbolic links ends at, where there may be no file. Returns the path itself if it is no link, and nil if
    /// the chain has no end.
    private static func target(of path: String) -> String? {
        var path = path
        for _ in 0..<40 {
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
            let folder = (path as NSString).deletingLastPathComponent
            path = link.hasPrefix("/") || folder.isEmpty ? link : "\(folder)/\(link)"
        }
        return nil
    }

    /// Whether all bytes were written. If not, `errno` has the cause.
    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
            }
            return true
        }
    }

    private static func unwritable(_ path: String, _ cause: Int32, _ next: String?) -> Failure {
        Failure(.failed, "file.not.written", "could not write \(path): \(String(cString: strerror(cause)))", next: next)
    }
}

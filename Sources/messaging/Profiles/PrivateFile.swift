import Foundation
import MessagingFiles
import MessagingSDK

/// Files that only their owner may read.
enum PrivateFile {
    /// Returns whether there is a file. Throws a failure if that is not known, for example because a directory on the way cannot be entered.
    static func exists(at path: String) throws(Failure) -> Bool {
        var state = stat()
        if stat(path, &state) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw unreadable(path, errno) }
        return false
    }

    /// Returns the text of a file. Throws a failure if the file cannot be read, or if others than its owner may read it.
    static func text(at path: String) throws(Failure) -> String {
        var state = stat()
        guard stat(path, &state) == 0 else { throw unreadable(path, errno) }
        guard state.st_mode & 0o077 == 0 else {
            throw Failure(
                .failed,
                "file.not.private",
                "others may read or write \(path), which has secrets",
                next: "Run chmod 600 on it, and replace its secrets if others used the machine."
            )
        }
        return String(decoding: try OpenFile(path).bytes(upTo: limit), as: UTF8.self)
    }

    /// Creates the directories of a file with mode 0700. The failure says what to do with `next`.
    static func createDirectories(of path: String, next: String) throws(Failure) {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(
                .failed,
                "file.not.written",
                "could not write \(path): cannot create the directory \(folder)",
                next: next
            )
        }
    }

    /// Writes a text to a file with mode 0600, in place of the previous file. Its directory must exist. The failure says what to do with `next`.
    static func write(_ text: String, to path: String, next: String) throws(Failure) {
        try WholeFile.write(Array(text.utf8), to: path, mode: 0o600, durably: true, next: next)
    }

    /// The largest file that is read, in bytes.
    private static let limit = 16 << 20

    /// Returns a number of a key for the name of a file (FNV-1a). Two keys may have the same, so the file must have its key.
    static func name(for key: JSON) -> String {
        let number = key.bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(number, radix: 16)
    }

    private static func unreadable(_ path: String, _ cause: Int32) -> Failure {
        Failure(.failed, "file.not.read", "could not read \(path): \(String(cString: strerror(cause)))")
    }
}

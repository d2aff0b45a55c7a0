import Foundation
import MessagingFiles

/// A new directory for one file. Only its owner may read the directory and the file.
struct PrivateDirectory {
    /// The path of the file.
    let file: String
    private let path: String

    /// Creates the directory among the temporary files, and a file with this name and these bytes in it.
    init(fileName: String, _ bytes: [UInt8]) throws(Failure) {
        let parent = (FileManager.default.temporaryDirectory.path(percentEncoded: false) as NSString).standardizingPath
        var template = Array("\(parent)/messaging-edit-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Self.unwritable(parent, errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        file = "\(path)/\(fileName)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            let cause = errno
            remove()
            throw Self.unwritable(file, cause)
        }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(bytes))
            try handle.close()
        } catch {
            remove()
            throw Self.unwritable(file, ENOSPC)
        }
    }

    /// Returns the present bytes of the file, which another program may have replaced.
    func bytes() throws(Failure) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(.failed, "file.not.read", "the editor has removed the file, and nothing was changed")
        }
        do throws(Failure) {
            return try OpenFile(regular: file).bytes(upTo: Self.largest)
        } catch {
            throw Failure(.failed, error.code, "\(error.message), and nothing was changed")
        }
    }

    /// Returns whether the file has other bytes than these. A file that is gone has none.
    func differs(from bytes: [UInt8]) -> Bool {
        FileManager.default.contents(atPath: file).map { !$0.elementsEqual(bytes) } ?? false
    }

    /// Removes the directory and everything in it, also what an editor left there.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    private static func unwritable(_ path: String, _ cause: Int32) -> Failure {
        Failure(
            .failed,
            "file.not.written",
            "could not write \(path): \(String(cString: strerror(cause)))",
            next: "Set TMPDIR to a directory that can be written."
        )
    }

    /// The largest file that is read. No request is that large.
    private static let largest = 16 << 20
}

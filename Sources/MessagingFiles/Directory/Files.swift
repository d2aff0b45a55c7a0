import Foundation
import MessagingSDK

/// Files and directories, with failures that name them.
enum Files {
    /// The largest file that is read, in bytes.
    private static let limit = 64 << 20

    /// Returns a path without the slashes at its end.
    static func withoutEndSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Returns whether there is something at a path. Throws a failure if that is not known, for example because a directory on the way cannot be
    /// entered.
    static func exists(_ path: String) throws(Failure) -> Bool {
        var state = stat()
        if stat(path, &state) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw OpenFile.unreadable(path, errno) }
        return false
    }

    /// Whether there is a directory at a path.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// Returns the names in a directory, in order, without those that begin with a dot. Throws a failure if there is no such directory.
    static func names(in path: String) throws(Failure) -> [String] {
        guard isDirectory(path) else {
            throw Failure(
                .failed,
                "directory.not.read",
                try exists(path) ? "\(path) is no directory" : "there is no directory \(path)"
            )
        }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw Failure(.failed, "directory.not.read", "could not read the directory \(path): \(cause(error))")
        }
    }

    /// Returns the document in a file. Its name decides its form. The failure names the place of an error.
    static func document(_ path: String) throws(Failure) -> JSON {
        let format = DocumentFormat(fileName: path) ?? .json
        let bytes = try bytes(path)
        do {
            return try format.document(bytes)
        } catch {
            throw error.failure(path, format)
        }
    }

    /// Returns the bytes of a regular file.
    static func bytes(_ path: String) throws(Failure) -> [UInt8] { try OpenFile(regular: path).bytes(upTo: limit) }

    /// Writes a file in place of the one before, which a reader sees as a whole. A file that has these bytes already is left as it is.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let present = FileManager.default.contents(atPath: path)
        guard present?.elementsEqual(bytes) != true else { return }
        try WholeFile.write(bytes, to: path)
    }

    /// Creates a directory with those above it.
    static func createDirectory(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure(.failed, "directory.not.written", "could not create the directory \(path): \(cause(error))")
        }
    }

    /// Removes a file.
    static func remove(_ path: String) throws(Failure) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw Failure(.failed, "file.not.removed", "could not remove \(path): \(cause(error))")
        }
    }

    private static func cause(_ error: any Error) -> String {
        let error = error as NSError
        let inner = (error.userInfo[NSUnderlyingErrorKey] as? NSError) ?? error
        return inner.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(inner.code))) : "the file system refused it"
    }
}

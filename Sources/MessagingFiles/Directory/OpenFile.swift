import Foundation

/// A file, a pipe, a device or standard input that is open for reading. It is read in pieces. Its failures name it, with the reason of the system.
package struct OpenFile: ~Copyable {
    /// The number of its bytes; nil if that is not known before its end.
    package let size: Int?
    private let name: String
    private let file: Int32
    private let isOwned: Bool
    /// Whether its end was read. A terminal is not read again then, since it would wait for more.
    private var hasEnded = false

    /// Opens the file at a path; `-` stands for standard input. Opening a pipe waits for its writer.
    package init(_ path: String) throws(Failure) {
        let name = Self.name(path)
        let isOwned = path != "-"
        let (file, size) = try Self.opened(isOwned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO, name, isOwned)
        (self.size, self.name, self.file, self.isOwned) = (size, name, file, isOwned)
    }

    /// Opens the file at a path. Throws a failure for anything else than a regular file, and never waits. `name` is in failures in the place of
    /// the path.
    package init(regular path: String, as name: String? = nil) throws(Failure) {
        let name = name ?? path
        var state = stat()
        guard stat(path, &state) == 0 else { throw Self.unreadable(name, errno) }
        try Self.checkRegular(name, state)
        let (file, size) = try Self.opened(open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), name, true)
        (self.size, self.name, self.file, isOwned) = (size, name, file, true)
    }

    deinit {
        if isOwned { close(file) }
    }

    /// Reads bytes to the beginning of a buffer, and returns their number: 0 at the end of the file. Waits for the first byte only.
    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
        guard !hasEnded else { return 0 }
        while true {
            let count = Foundation.read(file, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(name, errno) }
            hasEnded = count == 0
            return count
        }
    }

    /// Returns all bytes. Throws a failure if there are more than `limit`.
    package consuming func bytes(upTo limit: Int) throws(Failure) -> [UInt8] {
        guard size ?? 0 <= limit else { throw Self.tooLarge(name, limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size ?? 0)
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try fill(&piece)
            if count == 0 { return bytes }
            guard count <= limit - bytes.count else { throw Self.tooLarge(name, limit) }
            bytes += piece[..<count]
        }
    }

    /// Reads bytes to the beginning of an array from the place `start` on, as ``read(into:)`` does.
    package mutating func fill(_ bytes: inout [UInt8], from start: Int = 0) throws(Failure) -> Int {
        var result = Result<Int, Failure>.success(0)
        bytes.withUnsafeMutableBytes { bytes in
            do throws(Failure) {
                result = .success(try read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...])))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    /// Returns the name of the file at a path for people.
    package static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// Returns an open file, and its size if it is a regular one. Throws a failure if it is not open, and closes it if it is a directory.
    private static func opened(
        _ file: Int32,
        _ name: String,
        _ isOwned: Bool
    ) throws(Failure) -> (file: Int32, size: Int?) {
        guard file >= 0 else { throw unreadable(name, errno) }
        var state = stat()
        var cause = fstat(file, &state) == 0 ? 0 : errno
        if cause == 0, state.st_mode & S_IFMT == S_IFDIR { cause = EISDIR }
        guard cause == 0 else {
            if isOwned { close(file) }
            throw unreadable(name, cause)
        }
        return (file, state.st_mode & S_IFMT == S_IFREG ? Int(state.st_size) : nil)
    }

    private static func checkRegular(_ name: String, _ state: stat) throws(Failure) {
        switch state.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw unreadable(name, EISDIR)
        default: throw unreadable(name, "it is no regular file")
        }
    }

    private static func tooLarge(_ name: String, _ limit: Int) -> Failure {
        unreadable(name, "it has more than \(limit >> 20) MiB")
    }

    /// Returns the failure for a file that could not be read, with the reason of the system.
    static func unreadable(_ name: String, _ cause: Int32) -> Failure {
        switch cause {
        case ENOENT: unreadable(name, "there is no such file")
        case EISDIR: unreadable(name, "it is a directory")
        case EBADF: unreadable(name, "it is closed")
        default: unreadable(name, String(cString: strerror(cause)))
        }
    }

    private static func unreadable(_ name: String, _ cause: String) -> Failure {
        Failure(.failed, "file.not.read", "could not read \(name): \(cause)")
    }
}

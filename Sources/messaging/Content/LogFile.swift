import Foundation
import MessagingDecisions
import MessagingFiles
import MessagingSDK

/// A log of attachments in a file, a pipe or standard input, which is read piece by piece.
struct LogFile: ~Copyable {
    /// The number of its bytes; nil if that is not known.
    let size: Int?
    private let path: String
    private let file: Int32
    private let isOwned: Bool
    private var piece = [UInt8](repeating: 0, count: 1 << 18)

    /// Opens the log at a path; `-` stands for standard input. Throws a failure if it cannot be read.
    init(_ path: String) throws(Failure) {
        isOwned = path != "-"
        self.path = isOwned ? path : "standard input"
        file = isOwned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
        guard file >= 0 else { throw Self.unreadable(path, errno) }
        var state = stat()
        guard fstat(file, &state) == 0 else { throw Self.unreadable(self.path, errno) }
        guard state.st_mode & S_IFMT != S_IFDIR else { throw Self.unreadable(self.path, EISDIR) }
        size = state.st_mode & S_IFMT == S_IFREG ? Int(state.st_size) : nil
    }

    deinit {
        if isOwned { close(file) }
    }

    /// Reads the log and gives its pieces to `body`, the first one with enough bytes to recognize the format. Shows the progress on a terminal.
    mutating func readPieces(_ body: (ArraySlice<UInt8>) throws(Failure) -> Void) throws(Failure) {
        let progress = ProgressLine(bytes: size)
        defer { progress.end() }
        var total = 0
        while true {
            let count = try fill(atLeast: total == 0 ? Self.tellingBytes : 1)
            guard count > 0 else { return }
            try body(piece[..<count])
            total += count
            progress.show(total)
        }
    }

    /// Returns the format of a log by its first bytes: a document begins with a brace, and a row of names does not.
    static func format(_ start: ArraySlice<UInt8>) -> AttachmentLog.Format {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let rest = start.starts(with: mark) ? start.dropFirst(mark.count) : start
        let first = rest.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == nil || first == UInt8(ascii: "{") ? .jsonLines : .csv
    }

    private mutating func fill(atLeast wanted: Int) throws(Failure) -> Int {
        var count = 0
        while count < wanted {
            let added = piece.withUnsafeMutableBytes {
                read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if added < 0, errno == EINTR { continue }
            guard added >= 0 else { throw Self.unreadable(path, errno) }
            if added == 0 { break }
            count += added
        }
        return count
    }

    private static func unreadable(_ path: String, _ cause: Int32) -> Failure {
        let reason = cause == EISDIR ? "it is a directory" : String(cString: strerror(cause))
        return Failure(.failed, "file.not.read", "could not read \(path): \(reason)")
    }

    /// The number of first bytes by which the format is recognized.
    private static let tellingBytes = 512
}

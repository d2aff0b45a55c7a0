import MessagingDecisions
import MessagingFiles
import MessagingSDK

/// A log of attachments in a file, a pipe or standard input, which is read piece by piece.
struct LogFile: ~Copyable {
    /// The number of its bytes; nil if that is not known.
    var size: Int? { file.size }
    private var file: OpenFile
    private var piece = [UInt8](repeating: 0, count: 1 << 18)

    /// Opens the log at a path; `-` stands for standard input. Throws a failure if it cannot be read.
    init(_ path: String) throws(Failure) { file = try OpenFile(path) }

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

    /// Returns the failure for a file whose contents are no log.
    static func failure(_ path: String, _ code: String, _ reason: String) -> Failure {
        Failure(
            .failed,
            code,
            "\(OpenFile.name(path)) is no log of attachments: \(reason)",
            next: "A log has a header row such as direction,mime,filename, or a JSON object on each line."
        )
    }

    private mutating func fill(atLeast wanted: Int) throws(Failure) -> Int {
        var count = 0
        while count < wanted {
            let added = try file.fill(&piece, from: count)
            if added == 0 { break }
            count += added
        }
        return count
    }

    /// The number of first bytes by which the format is recognized.
    private static let tellingBytes = 512
}

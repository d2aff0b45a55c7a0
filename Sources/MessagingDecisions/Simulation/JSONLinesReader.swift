import MessagingContract

/// A reader of a log of JSON lines, which takes the bytes as they arrive. A line ends with LF or CR LF. Blank lines do not count.
struct JSONLinesReader: AttachmentLogReader {
    /// The bytes of a line that has not ended yet.
    private var partial: [UInt8] = []
    /// Whether the line is too long. The rest of such a line is dropped.
    private var isTooLong = false
    private var line = 1

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into tally: inout SimulationTally) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if partial.isEmpty, !isTooLong, end - rest.startIndex <= Self.rowLimit {
                count(UnsafeBufferPointer(rebasing: rest[..<end]), into: &tally)
            } else {
                keep(rest[..<end])
                finish(into: &tally)
            }
            line += 1
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    mutating func finish(into tally: inout SimulationTally) {
        if isTooLong {
            tally.countMalformed(Self.tooLong, line: line)
        } else {
            partial.withUnsafeBufferPointer { count($0, into: &tally) }
        }
        partial.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        isTooLong = isTooLong || bytes.count > Self.rowLimit - partial.count
        if isTooLong { partial.removeAll() } else { partial += bytes }
    }

    private func count(_ bytes: UnsafeBufferPointer<UInt8>, into tally: inout SimulationTally) {
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        do {
            let json = try JSON(parsing: bytes.span)
            guard let row = json.object else { return tally.countMalformed("it is not a JSON object", line: line) }
            guard let direction = Self.text(row["direction"]) else {
                return tally.countMalformed("direction is not a string", line: line)
            }
            guard let mime = Self.text(row["mime"]) else {
                return tally.countMalformed("mime is not a string", line: line)
            }
            guard let filename = Self.text(row["filename"]) else {
                return tally.countMalformed("filename is not a string", line: line)
            }
            tally.count(direction: direction, mime: mime, filename: filename, line: line)
        } catch {
            tally.countMalformed("it is not valid JSON: \(error)", line: line)
        }
    }

    /// Returns the text of a member, or nil if it is not a string. The text is empty if the member is absent or null.
    private static func text(_ json: JSON?) -> String? {
        switch json {
        case nil, .null?: ""
        case .string(let text)?: text
        default: nil
        }
    }
}

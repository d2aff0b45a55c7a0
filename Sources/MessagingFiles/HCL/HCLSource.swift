/// A text in HCL and the name of its file.
struct HCLSource: Sendable {
    /// The name, for people.
    let name: String
    /// The text.
    let bytes: [UInt8]
    private let lines: [Int]

    /// Creates a source. Throws a failure if the text is not UTF-8.
    init(name: String, _ bytes: [UInt8]) throws(Failure) {
        self.name = name
        self.bytes = bytes
        lines = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        guard let offset = Self.invalid(bytes) else { return }
        throw failure(HCLError(offset: offset, reason: "the text is not UTF-8"))
    }

    /// Returns the number of the line with an offset, from 1.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Returns the failure for an error. It names the file, the line and the column.
    func failure(_ error: HCLError) -> Failure {
        let line = line(of: error.offset)
        let before = bytes[lines[line - 1]..<min(max(error.offset, lines[line - 1]), bytes.count)]
        let column = before.count { $0 & 0xC0 != 0x80 } + 1
        let place = "\(name), line \(line), column \(column)"
        return Failure(.failed, "invalid.file", "\(place): \(error.reason)", next: error.next)
    }

    /// Returns the offset of the first byte that is not UTF-8; nil if there is none.
    private static func invalid(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar): offset += scalar.count
            case .error, .emptyInput: return offset
            }
        }
    }
}

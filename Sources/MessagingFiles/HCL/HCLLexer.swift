/// Reads the tokens of a text in HCL, one after the other, in time linear in its length.
struct HCLLexer {
    /// The largest number of bytes of a name.
    private static let longestName = 16_384

    let bytes: [UInt8]
    /// The offset of the next byte.
    var offset = 0

    /// Creates a reader of a text in UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The byte at a distance from the next one; nil behind the end.
    func byte(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    /// Returns the next token, and the end again and again behind the last one.
    mutating func next() throws(HCLError) -> HCLToken {
        try skipBlank()
        let start = offset
        return HCLToken(kind: try kind(start), offset: start)
    }

    private mutating func kind(_ start: Int) throws(HCLError) -> HCLToken.Kind {
        guard let byte = byte() else { return .end }
        switch byte {
        case UInt8(ascii: "\n"):
            offset += 1
            return .newline
        case UInt8(ascii: "\""):
            offset += 1
            return try string(start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(start)
        case UInt8(ascii: "<") where self.byte(1) == UInt8(ascii: "<"): return try heredoc(start)
        case _ where byte.beginsName: return try identifier(start)
        default:
            offset += 1
            return .symbol(Character(Unicode.Scalar(byte)))
        }
    }

    /// Passes over blanks and comments. The end of a line belongs to neither.
    private mutating func skipBlank() throws(HCLError) {
        while let byte = byte() {
            switch (byte, self.byte(1)) {
            case (UInt8(ascii: " "), _), (UInt8(ascii: "\t"), _), (UInt8(ascii: "\r"), _): offset += 1
            case (UInt8(ascii: "#"), _), (UInt8(ascii: "/"), UInt8(ascii: "/")): skipLine()
            case (UInt8(ascii: "/"), UInt8(ascii: "*")): try skipComment()
            default: return
            }
        }
    }

    private mutating func skipLine() {
        while let byte = byte(), byte != UInt8(ascii: "\n") { offset += 1 }
    }

    private mutating func skipComment() throws(HCLError) {
        let start = offset
        offset += 2
        while byte() != nil {
            if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                offset += 2
                return
            }
            offset += 1
        }
        throw HCLError(offset: start, reason: "the comment has no end", next: "End it with */")
    }

    private mutating func identifier(_ start: Int) throws(HCLError) -> HCLToken.Kind {
        while let byte = byte(), byte.continuesName { offset += 1 }
        guard offset - start <= Self.longestName else {
            throw HCLError(offset: start, reason: "the name has more than \(Self.longestName) bytes")
        }
        return .identifier(text(start))
    }

    private mutating func number(_ start: Int) -> HCLToken.Kind {
        skipDigits()
        if byte() == UInt8(ascii: "."), byte(1)?.isDigit == true {
            offset += 1
            skipDigits()
        }
        if let exponent = byte(), exponent | 0x20 == UInt8(ascii: "e") {
            let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
            if byte(1 + sign)?.isDigit == true {
                offset += 1 + sign
                skipDigits()
            }
        }
        return .number(text(start))
    }

    private mutating func skipDigits() {
        while byte()?.isDigit == true { offset += 1 }
    }

    /// Passes over a heredoc: from `<<NAME` or `<<-NAME` to the line that has only the name.
    private mutating func heredoc(_ start: Int) throws(HCLError) -> HCLToken.Kind {
        offset += byte(2) == UInt8(ascii: "-") ? 3 : 2
        let name = offset
        while let byte = byte(), byte.continuesName { offset += 1 }
        let mark = bytes[name..<offset]
        guard mark.first?.beginsName == true else {
            offset = start + 1
            return .symbol("<")
        }
        while byte() != nil {
            skipLine()
            guard byte() != nil else { break }
            offset += 1
            let line = offset
            skipLine()
            if bytes[line..<offset].trimmed == mark { return .unsupported("a heredoc") }
            offset = line
        }
        throw HCLError(offset: start, reason: "the heredoc has no end")
    }

    /// The text from an offset to the next byte.
    private func text(_ start: Int) -> String { String(decoding: bytes[start..<offset], as: UTF8.self) }
}

extension ArraySlice<UInt8> {
    /// The bytes without blanks at both ends.
    fileprivate var trimmed: ArraySlice<UInt8> {
        let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
        var rest = drop { blanks.contains($0) }
        while let last = rest.last, blanks.contains(last) { rest.removeLast() }
        return rest
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    fileprivate var beginsName: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 || self == UInt8(ascii: "_") || self >= 0x80
    }
    fileprivate var continuesName: Bool { beginsName || isDigit || self == UInt8(ascii: "-") }
}

extension HCLLexer {
    /// Reads a text from behind its first quote.
    mutating func string(_ start: Int) throws(HCLError) -> HCLToken.Kind {
        var text: [UInt8] = []
        while let byte = byte(), byte != UInt8(ascii: "\n") {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return .string(String(decoding: text, as: UTF8.self))
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
            case UInt8(ascii: "$"), UInt8(ascii: "%"):
                switch (self.byte(1), self.byte(2)) {
                case (UInt8(ascii: "{"), _):
                    try skipTemplate(start)
                    return .unsupported("a text with ${...} or %{...}")
                case (byte, UInt8(ascii: "{")):
                    text += [byte, UInt8(ascii: "{")]
                    offset += 3
                default:
                    text.append(byte)
                    offset += 1
                }
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw Self.unclosed(start)
    }

    /// Reads an escape, such as `\n` or `\u00e9`.
    private mutating func escape() throws(HCLError) -> [UInt8] {
        let start = offset
        let letter = byte(1)
        offset += 2
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter.map { [$0] } ?? []
        case UInt8(ascii: "u"): return try scalar(start, digits: 4)
        case UInt8(ascii: "U"): return try scalar(start, digits: 8)
        default:
            throw HCLError(
                offset: start,
                reason: "there is no such escape",
                next: #"The escapes are \n, \r, \t, \", \\, \uNNNN and \UNNNNNNNN."#
            )
        }
    }

    private mutating func scalar(_ start: Int, digits: Int) throws(HCLError) -> [UInt8] {
        let end = offset + digits
        guard end <= bytes.count, bytes[offset..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: bytes[offset..<end], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            throw HCLError(offset: start, reason: "the escape must have \(digits) hexadecimal digits of a character")
        }
        offset = end
        return Array(String(Character(scalar)).utf8)
    }

    /// Passes over the rest of a text with interpolations, in which there may be texts again, from the first interpolation on.
    private mutating func skipTemplate(_ start: Int) throws(HCLError) {
        // The numbers of braces that are open in each interpolation around this place.
        var open: [Int] = []
        var isText = true
        while let byte = byte() {
            offset += 1
            switch byte {
            case UInt8(ascii: "\n") where isText: throw Self.unclosed(start)
            case UInt8(ascii: "\\") where isText: offset += self.byte() == UInt8(ascii: "\n") ? 0 : 1
            case UInt8(ascii: "\"") where isText && open.isEmpty: return
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "$") where isText, UInt8(ascii: "%") where isText:
                guard self.byte() == UInt8(ascii: "{") else {
                    if self.byte() == byte, self.byte(1) == UInt8(ascii: "{") { offset += 2 }
                    continue
                }
                offset += 1
                open.append(0)
                isText = false
            case UInt8(ascii: "{") where !isText: open[open.count - 1] += 1
            case UInt8(ascii: "}") where !isText:
                if open[open.count - 1] == 0 {
                    open.removeLast()
                    isText = true
                } else {
                    open[open.count - 1] -= 1
                }
            default: continue
            }
        }
        throw Self.unclosed(start)
    }

    private static func unclosed(_ start: Int) -> HCLError {
        HCLError(offset: start, reason: "the text has no closing quote in its line", next: #"Write a line feed as \n."#)
    }
}

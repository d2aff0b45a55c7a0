extension JSON {
    /// The document without white space, with members in order. See ``write(to:)``.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// Appends the document in UTF-8 without white space, with members in order and numbers as their literals.
    ///
    /// Parsing the bytes gives an equal value if no string contains U+0000 and the value is no deeper than the parser allows.
    public func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let value): bytes.append(contentsOf: value.literal.utf8)
        case .string(let value): Self.writeString(value, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (place, member) in object.members.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.writeString(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends `string` as a JSON string with its quotation marks.
    ///
    /// Only quotation marks, backslashes and characters below U+0020 are escaped. All other characters are written as UTF-8.
    public static func writeString(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            var start = 0
            while true {
                let end = text.span.plainText(from: start).end
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
                guard end < text.count else { break }
                start = min(end + escapedAtOnce, text.count)
                writeEscaped(UnsafeBufferPointer(rebasing: text[end..<start]), to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The number of bytes, from one that needs an escape, that are written byte by byte. Bytes that need escapes seldom occur alone.
    private static let escapedAtOnce = 64

    /// Appends a few bytes and escapes those that need it.
    private static func writeEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count * 6) { escaped in
            var count = 0
            func put(_ byte: UInt8) {
                escaped[count] = byte
                count += 1
            }
            for byte in text {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    put(UInt8(ascii: "\\"))
                    put(byte)
                case 0..<0x20:
                    put(UInt8(ascii: "\\"))
                    if let letter = escapeLetter(of: byte) {
                        put(letter)
                    } else {
                        for digit in "u00".utf8 { put(digit) }
                        put(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                        put(hexDigit(byte & 0x0F))
                    }
                default: put(byte)
                }
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[..<count]))
        }
    }

    /// Returns the letter of a control character's short escape, or nil if it has none.
    private static func escapeLetter(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

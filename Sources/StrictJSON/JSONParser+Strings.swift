extension JSON.Parser {
    /// Reads the string whose opening quotation mark is the current byte.
    mutating func string(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> String {
        let start = position + 1
        let (end, isASCII) = input.plainText(from: start)
        if end < input.count, input[end] == UInt8(ascii: "\"") {
            position = end + 1
            let text = input.extracting(start..<end).withUnsafeBufferPointer { decode($0, isASCII: isASCII) }
            guard let text else { throw notUTF8(in: start..<end, of: input) ?? .init(.invalidUTF8, at: start) }
            return text
        }
        do throws(JSON.SyntaxError) {
            let isASCII = try unescape(input, from: start)
            let text = unescaped.withUnsafeBufferPointer { decode($0, isASCII: isASCII) }
            guard let text else { throw JSON.SyntaxError(.invalidUTF8, at: position) }
            return text
        } catch {
            throw notUTF8(in: start..<error.offset, of: input) ?? error
        }
    }

    /// Returns the bytes as text, or nil if they are not UTF-8. ASCII, the common case, is not validated.
    private func decode(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> String? {
        isASCII ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }

    /// Fills ``unescaped`` with the text that begins at `start`, and moves the position behind the closing quotation mark.
    ///
    /// Returns true only if the input text is ASCII. Then only the values of escapes can be other characters.
    private mutating func unescape(_ input: Span<UInt8>, from start: Int) throws(JSON.SyntaxError) -> Bool {
        unescaped.removeAll(keepingCapacity: true)
        position = start
        var allASCII = true
        while true {
            let (end, isASCII) = input.plainText(from: position)
            allASCII = allASCII && isASCII
            input.extracting(position..<end).withUnsafeBufferPointer { unescaped.append(contentsOf: $0) }
            position = end
            switch try peek(input) {
            case UInt8(ascii: "\""):
                position += 1
                return allASCII
            case UInt8(ascii: "\\"): try escape(input)
            default: throw JSON.SyntaxError(.controlCharacter, at: position)
            }
        }
    }

    /// Reads the escape whose backslash is the current byte.
    private mutating func escape(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        let start = position
        position += 1
        let byte = try peek(input)
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: try scalar(input, escapedAt: start).utf8)
        default: throw JSON.SyntaxError(.invalidEscape, at: start)
        }
    }

    /// Reads the four digits after `\u`, and the second escape after a leading surrogate.
    private mutating func scalar(_ input: Span<UInt8>, escapedAt start: Int) throws(JSON.SyntaxError) -> Unicode.Scalar
    {
        var value = try codeUnit(input, escapedAt: start)
        guard value != 0 else { throw JSON.SyntaxError(.nullCharacter, at: start) }
        if (0xD800...0xDBFF).contains(value) {
            for byte in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
                guard try peek(input) == byte else { throw JSON.SyntaxError(.loneSurrogate, at: start) }
                position += 1
            }
            let other = try codeUnit(input, escapedAt: position - 2)
            guard (0xDC00...0xDFFF).contains(other) else { throw JSON.SyntaxError(.loneSurrogate, at: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (other - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw JSON.SyntaxError(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func codeUnit(_ input: Span<UInt8>, escapedAt start: Int) throws(JSON.SyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek(input)
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0x0F)
            case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt32(byte & 0x0F + 9)
            default: throw JSON.SyntaxError(.invalidEscape, at: start)
            }
            position += 1
        }
        return value
    }

    /// Returns an error at the first place in `range` that is not UTF-8, or nil if there is none.
    private func notUTF8(in range: Range<Int>, of input: Span<UInt8>) -> JSON.SyntaxError? {
        input.extracting(range).withUnsafeBufferPointer { bytes in
            var iterator = bytes.makeIterator()
            var decoder = UTF8()
            var offset = range.lowerBound
            while true {
                switch decoder.decode(&iterator) {
                case .scalarValue(let scalar): offset += UTF8.width(scalar)
                case .error: return JSON.SyntaxError(.invalidUTF8, at: offset)
                case .emptyInput: return nil
                }
            }
        }
    }
}

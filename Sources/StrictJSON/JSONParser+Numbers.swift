extension JSON.Parser {
    /// Reads the number that begins at the current byte, which is a minus sign or a digit.
    mutating func number(_ input: Span<UInt8>) throws(JSON.SyntaxError) -> JSON.Number {
        let start = position
        if input[position] == UInt8(ascii: "-") { position += 1 }
        if try peek(input) == UInt8(ascii: "0") {
            position += 1
            if position < input.count, isDigit(input[position]) { throw JSON.SyntaxError(.invalidNumber, at: position) }
        } else {
            try digits(input)
        }
        if position < input.count, input[position] == UInt8(ascii: ".") {
            position += 1
            try digits(input)
        }
        if position < input.count, input[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            let sign = try peek(input)
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try digits(input)
        }
        let literal = input.extracting(start..<position).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        return JSON.Number(checked: literal)
    }

    /// Reads one or more digits.
    private mutating func digits(_ input: Span<UInt8>) throws(JSON.SyntaxError) {
        guard isDigit(try peek(input)) else { throw JSON.SyntaxError(.invalidNumber, at: position) }
        repeat { position += 1 } while position < input.count && isDigit(input[position])
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}

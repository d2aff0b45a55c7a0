import MessagingContract

extension Span<UInt8> {
    /// Returns these bytes as text. Invalid UTF-8 is repaired.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns the place of a line without its end. Returns nil for the empty line and for a line without an end.
    func line(at start: Int) -> Range<Int>? {
        for index in start..<count where self[index] == UInt8(ascii: "\r") {
            return index == start ? nil : start..<index
        }
        return nil
    }

    /// Returns the places of a field's name and of its value without surrounding blanks. Returns nil if the line has no colon.
    func field(_ line: Range<Int>) -> (name: Range<Int>, value: Range<Int>)? {
        let colon = first(UInt8(ascii: ":"), in: line)
        guard colon < line.upperBound else { return nil }
        return (line.lowerBound..<colon, trimmed(colon + 1..<line.upperBound))
    }

    /// Returns the place of the first such byte, or the end of the range if there is none.
    func first(_ byte: UInt8, in range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, self[index] != byte { index += 1 }
        return index
    }

    /// Returns the range without the blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// Returns whether these bytes are this text in lower case, in any letter case.
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where self[range.lowerBound + index].lowercaseASCII != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// Returns whether the bytes from a place on, up to an end, begin with this text.
    func begins(_ text: StaticString, at start: Int, to end: Int) -> Bool {
        guard end - start >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[start + index] != text.utf8Start[index] { return false }
        return true
    }
}

extension UInt8 {
    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Span<UInt8> {
    /// Returns the first offset from `start` on whose byte cannot stand for itself in a JSON string, or the count. Such bytes are quotation
    /// marks, backslashes and control characters. `isASCII` is true only if all bytes before the offset are ASCII.
    func plainText(from start: Int) -> (end: Int, isASCII: Bool) {
        let words = bytes
        var offset = start
        var union: UInt64 = 0
        while count - offset >= 8 {
            let word = UInt64(littleEndian: words.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let special = specialBytes(word)
            union |= word
            if special != 0 { return (offset + special.trailingZeroBitCount / 8, union & highBits == 0) }
            offset += 8
        }
        while offset < count, !isSpecial(self[offset]) {
            union |= UInt64(self[offset])
            offset += 1
        }
        return (offset, union & highBits == 0)
    }

    private func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Returns a word that has the high bit of each special byte set. It is correct up to the first such byte, and zero only if there is
    /// none.
    private func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones * UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones * UInt64(UInt8(ascii: "\\")))
        let controls = (word &- ones * 0x20) & ~word
        return (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & highBits
    }

    private var highBits: UInt64 { 0x8080_8080_8080_8080 }
}

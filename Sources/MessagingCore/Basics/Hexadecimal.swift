/// Conversions between bytes and hexadecimal digits.
enum Hexadecimal {
    /// Returns two lower-case digits for each byte.
    static func string(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { string($0) } }

    /// Returns two lower-case digits for each byte.
    static func string(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (place, byte) in bytes.enumerated() {
                text[2 * place] = (byte >> 4).hexDigit
                text[2 * place + 1] = (byte & 15).hexDigit
            }
            return 2 * bytes.count
        }
    }

    /// Returns the bytes of pairs of digits. Other characters are skipped.
    static func bytes(_ digits: String) -> [UInt8] {
        let digits = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension UInt8 {
    /// The hexadecimal digit of a number below 16, in lower case.
    var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") - 10 + self }
}

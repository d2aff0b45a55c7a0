/// Conversions between bytes and hexadecimal digits.
package enum Hexadecimal {
    /// Returns two lower-case digits for each byte.
    package static func string(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { string($0) } }

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
}

extension UInt8 {
    /// The hexadecimal digit of a number below 16, in lower case.
    var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") - 10 + self }
}

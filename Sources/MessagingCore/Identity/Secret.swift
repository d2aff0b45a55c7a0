import Crypto

/// A secret that the server made: 256 random bits, told once and kept as a digest.
enum Secret {
    /// A new secret: 64 hexadecimal digits.
    static func make() -> String {
        let words = RandomWords.fetch(4)
        return words.withUnsafeBytes { hex($0) }
    }

    /// The SHA-256 digest of a secret, 32 bytes.
    static func digest(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// Whether a secret has this digest, given in hexadecimal; takes the same time for every secret of a length.
    static func matches(_ secret: String, digest: String) -> Bool {
        var (secret, digest) = (secret, digest)
        var hash = SHA256()
        secret.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return hash.finalize().withUnsafeBytes { actual in
            digest.withUTF8 { expected in
                guard expected.count == 2 * actual.count else { return false }
                var difference: UInt8 = 0
                for (place, byte) in actual.enumerated() {
                    difference |= expected[2 * place] ^ (byte >> 4).hexDigit
                    difference |= expected[2 * place + 1] ^ (byte & 15).hexDigit
                }
                return difference == 0
            }
        }
    }

    /// A digest in hexadecimal that no secret is known to have: what a secret is compared with when there is no client.
    static let nobodysDigest = String(repeating: "0", count: 64)

    /// Bytes in hexadecimal, in small letters.
    static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hex($0) } }

    /// The bytes of hexadecimal digits; without what is no pair of digits.
    static func bytes(hex: String) -> [UInt8] {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Bytes in hexadecimal, in small letters.
    static func hex(_ bytes: UnsafeRawBufferPointer) -> String {
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
    /// The hexadecimal digit of a number below 16, a small letter from 10 on.
    var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") - 10 + self }
}

import Crypto

/// A secret that the server generates: 256 random bits, shown once and kept as a digest.
enum Secret {
    /// A new secret: 64 hexadecimal digits.
    static func make() -> String {
        let words = RandomWords.fetch(4)
        return words.withUnsafeBytes { Hexadecimal.string($0) }
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
}

import Crypto

/// A secret that the server generates: 256 random bits. It is shown once, and only its digest is stored.
package enum Secret {
    /// Returns a new secret of 64 hexadecimal digits.
    package static func make() -> String {
        let words = RandomWords.fetch(4)
        return words.withUnsafeBytes { Hexadecimal.string($0) }
    }

    /// Returns the SHA-256 digest of a secret, 32 bytes.
    package static func digest(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// Returns whether a secret has this digest, given in hexadecimal. Takes the same time for every secret of one length.
    package static func matches(_ secret: String, digest: String) -> Bool {
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

    /// A digest in hexadecimal that no known secret has. A secret is compared with it if there is no client.
    static let nobodysDigest = String(repeating: "0", count: 64)
}

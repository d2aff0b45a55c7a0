import Crypto

/// The SHA-256 digest of an access token, as its key in memory.
struct TokenDigest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(of token: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: token)
        words = hash.finalize().withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    init(of token: String) {
        var token = token
        self = token.withUTF8 { TokenDigest(of: UnsafeRawBufferPointer($0)) }
    }

    /// The 32 bytes of the digest, as they are stored.
    var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    static func == (left: TokenDigest, right: TokenDigest) -> Bool { left.words == right.words }

    /// Hashes only eight bytes, which suffice because all bits of a digest are nearly random.
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

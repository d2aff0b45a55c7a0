import Crypto

/// An access token is a secret and a checksum over it, so that what is no token is refused before anything is looked up.
///
/// The checksum guards against accidents and garbage; it keeps nobody from making up a token that has a right one.
extension Secret {
    /// A new token: 64 hexadecimal digits of random bits, then 8 of their checksum.
    static func makeToken() -> String {
        let bits = make()
        return bits + checksum(bits.utf8)
    }

    /// Whether a text has the form of a token, and a right checksum.
    static func isToken(_ text: String) -> Bool {
        text.utf8.count == 72 && checksum(text.utf8.prefix(64)).utf8.elementsEqual(text.utf8.dropFirst(64))
    }

    private static func checksum(_ bits: some Collection<UInt8>) -> String {
        Hexadecimal.string(Array(SHA256.hash(data: Array(bits)).prefix(4)))
    }
}

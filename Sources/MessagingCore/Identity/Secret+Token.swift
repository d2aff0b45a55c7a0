import Crypto

/// An access token is a secret with a checksum over it, so a text that is not a token is refused before any lookup.
///
/// The checksum detects accidents and garbage. It does not prevent an invented token with a right checksum.
extension Secret {
    /// Returns a new token: 64 hexadecimal digits of random bits, then 8 of their checksum.
    static func makeToken() -> String {
        let bits = make()
        return bits + checksum(bits.utf8)
    }

    /// Returns whether a text has the form of a token and a right checksum.
    static func isToken(_ text: String) -> Bool {
        text.utf8.count == 72 && checksum(text.utf8.prefix(64)).utf8.elementsEqual(text.utf8.dropFirst(64))
    }

    private static func checksum(_ bits: some Collection<UInt8>) -> String {
        Hexadecimal.string(Array(SHA256.hash(data: Array(bits)).prefix(4)))
    }
}

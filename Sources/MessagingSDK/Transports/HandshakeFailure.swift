/// The reason of a failed TLS handshake, for people.
enum HandshakeFailure {
    /// Returns the reason that the description of an error of BoringSSL has, such as
    /// `Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at /path/tls_record.cc:242`.
    static func text(_ description: String) -> String {
        if description.contains("EOF during handshake") {
            return "the host ended the TLS handshake, so it may not speak TLS at this address"
        }
        let parts = description.split(separator: "OPENSSL_internal:", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return "the TLS handshake failed: \(description)" }
        switch parts[1].prefix(while: { $0.isLetter || $0.isNumber || $0 == "_" }) {
        case "WRONG_VERSION_NUMBER": return "the TLS handshake failed: the host may not speak TLS at this address"
        case let reason:
            return "the TLS handshake failed: \(reason.lowercased().replacing("_", with: " "))"
        }
    }
}

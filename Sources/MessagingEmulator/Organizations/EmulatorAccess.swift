import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer

/// The rule for callers that create and delete organizations: they are on the same machine, or have the token of the emulator.
struct EmulatorAccess: Sendable {
    /// The digest of the emulator's token in hexadecimal; nil if it has none.
    private let digest: String?

    /// Creates a rule. Without a token, only callers on the same machine are admitted.
    init(token: String?) { digest = token.map { Hexadecimal.string(Secret.digest($0)) } }

    /// Throws 401 for a caller that is not admitted. A caller without an address is in the same process.
    func check(_ request: IncomingRequest) throws(APIError) {
        guard let address = request.address, NetworkAddress(address)?.isLoopback != true else { return }
        guard let given = request.values(of: .authorization).first else { throw .authenticationRequired }
        let words = given.split(separator: " ", maxSplits: 1)
        guard let digest, words.count == 2, words[0].lowercased() == "bearer",
            Secret.matches(String(words[1]), digest: digest)
        else { throw .badCredentials }
    }
}

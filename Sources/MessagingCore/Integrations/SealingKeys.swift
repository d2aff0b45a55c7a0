import Crypto
import Foundation
import MessagingContract

/// The keys with which secrets of integrations are sealed before they are stored (AES-256-GCM). The first key seals. Each key opens the
/// secrets that it has sealed.
public struct SealingKeys: Sendable {
    private struct Key: Sendable {
        /// The id of the key. It reveals nothing of the key.
        let id: String
        let key: SymmetricKey
    }

    private let keys: [Key]
    private let first: Key

    /// Creates one key or several from a text. They are separated by commas, and each is 32 bytes in base64. Returns nil for any other
    /// text.
    public init?(_ text: String) {
        var keys: [Key] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let bytes = Data(base64Encoded: part.trimmingCharacters(in: .whitespacesAndNewlines)),
                bytes.count == 32
            else { return nil }
            keys.append(Key(id: Self.id(of: bytes), key: SymmetricKey(data: bytes)))
        }
        guard let first = keys.first else { return nil }
        self.keys = keys
        self.first = first
    }

    /// Creates a new random key. Secrets that it seals are lost with it.
    public init() {
        let key = SymmetricKey(size: .bits256)
        first = Key(id: key.withUnsafeBytes { Self.id(of: Data($0)) }, key: key)
        keys = [first]
    }

    /// The ids of the keys, in their order. An id identifies a key and reveals nothing of it.
    public var ids: [String] { keys.map(\.id) }

    /// Returns a new key in base64.
    public static func make() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// Seals a text for a place. It can only be opened for the same place. The same text is sealed differently each time.
    func seal(_ text: String, for place: String) throws(APIError) -> String {
        do {
            let box = try AES.GCM.seal(Data(text.utf8), using: first.key, authenticating: Data(place.utf8))
            guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
            return "\(first.id).\(combined.base64EncodedString())"
        } catch {
            throw .internalServerError.caused(by: "sealing failed: \(error)")
        }
    }

    /// Opens a text that was sealed for a place. Throws 500 if it was sealed for another place or with a missing key.
    func open(_ sealed: String, for place: String) throws(APIError) -> String {
        let parts = sealed.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let key = keys.first(where: { $0.id == parts[0] }) else {
            throw .internalServerError.caused(by: "a secret is sealed with a key that this server does not have")
        }
        do {
            let box = try AES.GCM.SealedBox(combined: Data(base64Encoded: String(parts[1])) ?? Data())
            let bytes = try AES.GCM.open(box, using: key.key, authenticating: Data(place.utf8))
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .internalServerError.caused(by: "a secret cannot be opened: \(error)")
        }
    }

    /// Returns digests of bytes that can only be computed with a key, that of the first key first, in hexadecimal digits.
    func digests(of bytes: [UInt8]) -> [String] {
        keys.map { key in
            let derived = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key.key,
                info: Data("request digest".utf8),
                outputByteCount: 32
            )
            return Hexadecimal.string(Array(HMAC<SHA256>.authenticationCode(for: bytes, using: derived)))
        }
    }

    private static func id(of key: Data) -> String {
        Hexadecimal.string(Array(SHA256.hash(data: Data("key id".utf8) + key).prefix(4)))
    }
}

import MessagingContract

/// The keys with which the secrets of stored integrations are sealed.
public struct KeyUse: Hashable, Sendable {
    /// The ids of all used keys, each with the number of integrations that have a secret sealed with it.
    public private(set) var integrations: [String: Int] = [:]
    /// The number of integrations that have a secret sealed with a missing key.
    public private(set) var lost = 0

    private let given: Set<String>
    /// The ids that were read from a member with a secret, as their eight bytes.
    private var known: Set<UInt64> = []

    /// Creates an empty count. `given` are the existing keys.
    public init(given: SealingKeys? = nil) { self.given = Set(given?.ids ?? []) }

    /// The ids of all used keys, ascending.
    public var ids: [String] { integrations.keys.sorted() }

    /// The ids of the used keys that are missing, ascending.
    public var missing: [String] { ids.filter { !given.contains($0) } }

    /// Counts a stored integration, given its JSON. Takes about as long as reading each byte once.
    ///
    /// Parses a record only if it has a possible key id that was not seen before.
    public mutating func add(_ record: UnsafeRawBufferPointer) {
        var found = Self.candidates(in: record)
        if !found.isSubset(of: known) {
            found = Self.sealedWith(Array(record))
            known.formUnion(found)
        }
        var isLost = false
        for id in found {
            let id = Self.text(id)
            integrations[id, default: 0] += 1
            if !given.contains(id) { isLost = true }
        }
        if isLost { lost += 1 }
    }

    /// Returns the beginnings of strings that have the form of a key id and a dot.
    private static func candidates(in record: UnsafeRawBufferPointer) -> Set<UInt64> {
        var found: Set<UInt64> = []
        var start = 9
        while start < record.count, let dot = record[start...].firstIndex(of: UInt8(ascii: ".")) {
            if record[dot - 9] == UInt8(ascii: "\""), record[dot - 8..<dot].allSatisfy({ $0.isSmallHexDigit }) {
                found.insert(record.loadUnaligned(fromByteOffset: dot - 8, as: UInt64.self))
            }
            start = dot + 1
        }
        return found
    }

    private static func sealedWith(_ record: [UInt8]) -> Set<UInt64> {
        let members = try? OpenIntegrationSecrets(
            json: .object(JSON.members(Array(OpenIntegrationSecrets.names), of: record)),
            side: .response
        )
        guard let members else { return [] }
        let sealed =
            [members.outboundNotificationWebhookSignatureSecretToken].compactMap(\.self)
            + (members.webhookHeaders ?? [:]).values
        return sealed.reduce(into: []) { ids, text in
            let id = Array(text.utf8.prefix(9))
            guard id.count == 9, id.last == UInt8(ascii: "."), id.dropLast().allSatisfy({ $0.isSmallHexDigit }) else {
                return
            }
            ids.insert(id.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
        }
    }

    private static func text(_ id: UInt64) -> String { withUnsafeBytes(of: id) { String(decoding: $0, as: UTF8.self) } }
}

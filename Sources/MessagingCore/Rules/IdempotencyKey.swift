import Crypto

import struct Foundation.Date

/// A client's own name for one request, so that sending it again does not do it again.
public struct IdempotencyKey: Hashable, Sendable {
    /// A digest of the client, the operation and the key.
    let id: String
    /// A digest of what was asked, which is stored.
    let request: String
    /// Digests of the same request that may have been stored before.
    let others: [String]

    /// The key that a client sent with this operation and body.
    public init(_ key: String, client: String, operation: String, body: [UInt8]) {
        self.init(
            key,
            client: client,
            operation: operation,
            digests: [Hexadecimal.string(Array(SHA256.hash(data: body)))]
        )
    }

    /// Creates the key that a client sent with this operation and a body. Only the first of these digests of the body is stored. The other
    /// digests identify the same body.
    package init(_ key: String, client: String, operation: String, digests: [String]) {
        id = Hexadecimal.string(Array(SHA256.hash(data: Array("\(client)\n\(operation)\n\(key)".utf8))))
        request = digests.first ?? ""
        others = Array(digests.dropFirst())
    }

    /// Seconds for which a key is kept.
    static let lifetime = 86_400.0

    /// Whether the record is of the same request.
    func isOf(_ record: IdempotencyRecord) -> Bool { record.request == request || others.contains(record.request) }

    /// The record of a request that made an entry of a kind.
    func record(of entry: Entry, _ kind: RecordKind, _ stamp: Stamp) -> IdempotencyRecord {
        IdempotencyRecord(
            id: id,
            request: request,
            kind: kind,
            object: entry.id,
            version: entry.version,
            expires: stamp.time.addingTimeInterval(Self.lifetime)
        )
    }
}

import Crypto

import struct Foundation.Date

/// A client's name for one request. A second request with the same key is not executed again.
public struct IdempotencyKey: Hashable, Sendable {
    /// A digest of the client, the operation and the key.
    let id: String
    /// A digest of the request, which is stored.
    let request: String
    /// Digests of the same request that may have been stored before.
    let others: [String]

    /// Creates the key that a client sent with this operation and body.
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

    /// The seconds for which a key is stored.
    static let lifetime = 86_400.0

    /// Returns whether the record is of the same request.
    func isOf(_ record: IdempotencyRecord) -> Bool { record.request == request || others.contains(record.request) }

    /// Returns the record of a request that made an entry of a kind.
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

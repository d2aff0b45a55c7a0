import Crypto
public import MessagingContract

import struct Foundation.Date

/// A client's own name for one request, so that sending it again does not do it again.
public struct IdempotencyKey: Hashable, Sendable {
    /// Which client asked which operation under which key.
    let id: String
    /// What it asked, as a digest that is kept.
    let request: String
    /// Digests of the same request that may have been kept before.
    let others: [String]

    /// The key that a client sent with this operation and body.
    public init(_ key: String, client: String, operation: String, body: [UInt8]) {
        self.init(key, client: client, operation: operation, digests: [Secret.hex(Array(SHA256.hash(data: body)))])
    }

    /// The key that a client sent with this operation and a body of which nothing is kept but the first of these digests; the others
    /// tell it too.
    package init(_ key: String, client: String, operation: String, digests: [String]) {
        id = Secret.hex(Array(SHA256.hash(data: Array("\(client)\n\(operation)\n\(key)".utf8))))
        request = digests.first ?? ""
        others = Array(digests.dropFirst())
    }

    /// Seconds for which a key is kept.
    static let lifetime = 86_400.0
    /// Keys that an organization keeps; the oldest go first.
    static let limit = 10_000
}

extension Organization {
    /// Runs a rule that creates an object, once for a key: the same request under the same key is answered as it was the first
    /// time, within 24 hours and as long as no 10,000 newer keys were used. Without a key the rule just runs.
    ///
    /// The key is kept in the commit of the object. A refusal is not kept. Throws 422 for another request under the same key.
    public mutating func once(
        _ key: IdempotencyKey?,
        _ stamp: Stamp,
        _ rule: (inout Organization) throws(APIError) -> Entry
    ) throws(APIError) -> Entry {
        guard let key else { return try rule(&self) }
        if let kept = self[.idempotencyKey][key.id], kept.name > stamp.time.wire {
            return try replay(kept, key)
        }
        let entry = try rule(&self)
        forgetKeys(stamp)
        let answer = try? JSON(parsing: entry.bytes)
        put(
            .idempotencyKey,
            key.id,
            [
                "name": .string(stamp.time.addingTimeInterval(IdempotencyKey.lifetime).wire),
                "request": .string(key.request), "answer": answer ?? .null,
            ],
            stamp
        )
        return entry
    }

    private func replay(_ kept: Entry, _ key: IdempotencyKey) throws(APIError) -> Entry {
        guard let record = try? JSON(parsing: kept.bytes), let answer = record["answer"] else {
            throw .internalServerError.caused(by: "stored idempotency key \(kept.id)")
        }
        guard let request = record["request"]?.string, request == key.request || key.others.contains(request) else {
            throw .idempotencyKeyReused
        }
        return Entry(id: answer["id"]?.string ?? "", json: answer, bytes: answer.bytes)
    }

    /// Forgets up to two keys that are over, or the oldest one when there are too many.
    private mutating func forgetKeys(_ stamp: Stamp) {
        let keys = self[.idempotencyKey]
        for oldest in keys.page(offset: 0, limit: 2)
        where oldest.name <= stamp.time.wire || keys.count >= IdempotencyKey.limit {
            remove(.idempotencyKey, oldest.id, stamp)
        }
    }
}

import Foundation
import MessagingCore

extension RecordKind {
    static let setting = RecordKind(rawValue: "setting")
    static let client = RecordKind(rawValue: "oauthClient")
}

extension Author {
    static let ada = Author(
        user: "ada",
        client: "client-1",
        operation: "patchMessagingSetting",
        contextID: "c-1",
        address: "192.0.2.1"
    )
    static let administration = Author(
        user: "system",
        client: nil,
        operation: "create",
        contextID: "c-2",
        address: nil
    )
}

extension Change {
    static func sample(
        _ revision: Revision,
        position: Int = 0,
        kind: RecordKind = .setting,
        id: String = "a",
        before: [UInt8]? = nil,
        after: [UInt8]? = Array("{}".utf8),
        author: Author = .ada,
        milliseconds: Int = 1_700_000_000_123,
        isInternal: Bool = false
    ) -> Change {
        Change(
            revision: revision,
            position: position,
            kind: kind,
            id: id,
            before: before,
            after: after,
            author: author,
            time: Date(timeIntervalSince1970: Double(milliseconds) / 1000),
            isInternal: isInternal
        )
    }
}

extension Commit {
    /// The next revision of an organization, with these changes.
    static func step(
        _ organization: String,
        from base: Revision,
        _ changes: Change...,
        idempotency: [IdempotencyRecord] = [],
        effects: [Effect] = [],
        settledEffects: [Effect.Key] = []
    ) -> Commit {
        Commit(
            organization: organization,
            base: base,
            revision: base + 1,
            changes: changes,
            idempotency: idempotency,
            effects: effects,
            settledEffects: settledEffects
        )
    }

    /// The next revision of an organization: one record gets this text.
    static func put(
        _ organization: String,
        from base: Revision,
        kind: RecordKind = .setting,
        id: String = "a",
        _ text: String = "{}"
    ) -> Commit {
        .step(organization, from: base, .sample(base + 1, kind: kind, id: id, after: Array(text.utf8)))
    }
}

extension Store {
    /// Returns the ids of all organizations.
    func organizations() async throws(StoreError) -> [String] { try await organizations(after: nil, limit: .max) }

    /// Returns the content of one record as text.
    func text(_ organization: String, _ id: String = "a") async throws -> String? {
        let bytes = try await load(organization)?.records.first { $0.id == id }?.bytes
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}

import Foundation
import MessagingContract
import MessagingCore
import MessagingSQLite

extension Author {
    static func sample(_ operation: String = "test") -> Author {
        Author(
            user: "u-1",
            client: "c-1",
            operation: operation,
            contextID: Surroundings.system.makeID(),
            address: "127.0.0.1"
        )
    }
}

extension Stamp {
    static func sample(id: String = Surroundings.system.makeID(), at seconds: Double = 1_700_000_000) -> Stamp {
        Stamp(
            time: Date(timeIntervalSince1970: seconds),
            id: id,
            author: .sample(),
            limits: OrganizationLimits(objects: 200_000)
        )
    }
}

extension Organization {
    /// A founded organization that is in no store.
    static func sample() throws -> Organization {
        try Organization(StoredOrganization(id: "o-1", revision: 1, records: []))
    }

    /// Runs a rule on a draft of the organization, and takes the result as its new value.
    @discardableResult
    mutating func apply<Result>(
        _ stamp: Stamp = .sample(),
        _ rule: (inout Draft) throws -> Result
    ) rethrows -> Result {
        var draft = Draft(self, stamp)
        let result = try rule(&draft)
        self = draft.organization
        return result
    }
}

extension SealedOpenIntegrationRequest {
    static func sample(_ name: String = "n") -> SealedOpenIntegrationRequest {
        var request = SealedOpenIntegrationRequest()
        request.name = name
        request.outboundNotificationWebhookUrl = "https://a.example"
        request.outboundNotificationWebhookSignatureSecretToken = "sealed"
        return request
    }
}

extension MergePatch {
    init(_ text: String) throws { try self.init(body: Array(text.utf8)) }
}

extension Entry {
    func setting() throws -> MessagingSetting { try MessagingSetting(document: bytes) }
    func profile() throws -> SupportedContent { try SupportedContent(document: bytes) }
}

/// An organization in a store in memory.
struct Fixture {
    let store: any Store
    let organizations: Organizations
    let id: String

    init(_ intercept: (any Store) -> any Store = { $0 }) async throws {
        let base = try SQLiteStore.inMemory()
        id = try await Organizations(store: base).create(name: "Sample", by: .sample()).id
        store = base
        organizations = Organizations(store: intercept(base))
    }

    @discardableResult
    func create(_ name: String, by author: Author = .sample()) async throws(APIError) -> Entry {
        try await organizations.change(id, by: author) { (draft) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: name))
        }
    }

    /// The stored organization, not the published snapshot.
    func stored() async throws -> Organization {
        guard let stored = try await store.load(id) else { throw APIError.notFound }
        return try Organization(stored)
    }
}

extension Organizations {
    func create(_ name: String, in organization: String, once key: IdempotencyKey?) async throws(APIError) -> Entry {
        try await write(
            MessagingSetting.self,
            in: organization,
            by: .sample(),
            once: key,
            answering: { entry, _ in entry }
        ) { (draft) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: name))
        }
    }

    @discardableResult
    func restore<R: Resource>(
        _ type: R.Type,
        _ id: String,
        version: Int?,
        in organization: String,
        by author: Author
    ) async throws(APIError) -> Entry {
        try await restore(type, id, version: version, in: organization, by: author) { entry, _ in entry }
    }
}

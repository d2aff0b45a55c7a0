import MessagingContract
import MessagingCore
import MessagingSQLite
import Randomness
import Testing

@Suite struct OpenIntegrationRulesTests {
    private static func request(
        _ name: String,
        supportedContent: String? = nil,
        messagingSetting: String? = nil
    ) -> SealedOpenIntegrationRequest {
        var request = SealedOpenIntegrationRequest()
        request.name = name
        request.outboundNotificationWebhookUrl = "https://a.example"
        request.outboundNotificationWebhookSignatureSecretToken = "sealed"
        request.supportedContent = supportedContent.map { SupportedContentReference(id: $0) }
        request.messagingSetting = messagingSetting.map { MessagingSettingRequestReference(id: $0) }
        return request
    }

    private static func integration(_ entry: Entry) throws -> OpenIntegrationRecord {
        try OpenIntegrationRecord(document: entry.bytes)
    }

    private static func profile(_ name: String, in organization: inout Organization) throws -> String {
        try organization.apply { try $0.create(SupportedContent.self, SupportedContentRequest(name: name)) }.id
    }

    private static func setting(_ name: String, in organization: inout Organization) throws -> String {
        try organization.apply { try $0.create(MessagingSetting.self, MessagingSettingRequest(name: name)) }.id
    }

    @Test func theCurrentDefaultsAreStored() throws {
        var organization = try Organization.sample()
        let profiles = try ["a", "b"].map { try Self.profile($0, in: &organization) }
        let setting = try Self.setting("s", in: &organization)
        _ = try organization.apply { try $0.setDefault(SupportedContent.self, profiles[0]) }
        let first = try organization.apply { try $0.createIntegration(Self.request("first")) }
        #expect(try Self.integration(first).request.supportedContent?.id == profiles[0])
        #expect(try Self.integration(first).request.messagingSetting == nil)

        _ = try organization.apply { try $0.setDefault(SupportedContent.self, profiles[1]) }
        _ = try organization.apply { try $0.setDefault(MessagingSetting.self, setting) }
        let second = try organization.apply { try $0.createIntegration(Self.request("second")) }
        #expect(try Self.integration(second).request.supportedContent?.id == profiles[1])
        #expect(try Self.integration(second).request.messagingSetting?.id == setting)
        #expect(organization[.openIntegration][first.id] == first)

        organization.apply { $0.clearDefault(MessagingSetting.self) }
        #expect(organization[.openIntegration][second.id] == second)
    }

    @Test func anUnknownReferenceIsRefusedByName() throws {
        var organization = try Organization.sample()
        let profile = try Self.profile("a", in: &organization)
        _ = try organization.apply { try $0.setDefault(SupportedContent.self, profile) }
        for (request, field) in [
            (Self.request("n", supportedContent: "gone"), "supportedContent.id"),
            (Self.request("n", messagingSetting: "gone"), "messagingSetting.id"),
        ] {
            let error = #expect(throws: APIError.self) { try organization.apply { try $0.createIntegration(request) } }
            #expect(error?.status == 400)
            #expect(error?.details.first?.fieldName == field)
        }
        #expect(organization[.openIntegration].count == 0)
    }

    /// The rule on URLs is younger than objects may be.
    @Test func aURLIsCheckedWhenItChanges() throws {
        let profile = SupportedContent(SupportedContentRequest(name: "p"), .sample(id: "p-1"))
        var request = Self.request("n", supportedContent: "p-1")
        request.outboundNotificationWebhookUrl = "https://a.example/{id}"
        var integration = OpenIntegrationRecord(request, .sample(id: "i-1"))
        integration.createStatus = .completed
        let records = [
            Record(kind: .supportedContent, id: "p-1", bytes: profile.json.bytes),
            Record(kind: .openIntegration, id: "i-1", bytes: integration.json.bytes),
        ]
        let organization = try Organization(StoredOrganization(id: "o-1", revision: 1, records: records))
        func update(_ patch: MergePatch<SealedOpenIntegrationRequest>) throws -> OpenIntegrationRecord {
            var draft = organization
            return try Self.integration(draft.apply { try $0.update(OpenIntegrationRecord.self, "i-1", patch) })
        }
        #expect(
            try update(MergePatch(["name": "m"])).request.outboundNotificationWebhookUrl == "https://a.example/{id}"
        )
        let repeated = "https://a.example/{id}"
        #expect(try update(MergePatch(["outboundNotificationWebhookUrl": .string(repeated)])).version == 2)
        let error = #expect(throws: APIError.self) {
            try update(MergePatch(["outboundNotificationWebhookUrl": "https://a.example/{other}"]))
        }
        #expect(error?.status == 400)
        #expect(error?.details.first?.fieldName == "outboundNotificationWebhookUrl")
    }

    @Test func usedObjectsAreNotDeleted() throws {
        var organization = try Organization.sample()
        let profile = try Self.profile("a", in: &organization)
        let setting = try Self.setting("s", in: &organization)
        let entries = try (0..<12).map { index in
            let request = Self.request("i\(index)", supportedContent: profile, messagingSetting: setting)
            return try organization.apply { try $0.createIntegration(request) }
        }
        let error = #expect(throws: APIError.self) {
            try organization.apply { try $0.delete(SupportedContent.self, profile, namesUsers: true) }
        }
        #expect(error?.status == 400)
        #expect(error?.message.hasPrefix("It is used by 12 integrations and cannot be deleted: i0 (") == true)
        #expect(error?.details.count == 10)
        #expect(error?.details.first?.entityId == entries[0].id)
        #expect(error?.details.first?.entityName == "i0")
        let counted = #expect(throws: APIError.self) {
            try organization.apply { try $0.delete(MessagingSetting.self, setting) }
        }
        #expect(counted?.message == "It is used by 12 integrations and cannot be deleted.")
        #expect(counted?.details == [])
        for entry in entries.dropLast() {
            try organization.apply { try $0.delete(OpenIntegrationRecord.self, entry.id) }
        }
        let last = #expect(throws: APIError.self) {
            try organization.apply { try $0.delete(MessagingSetting.self, setting, namesUsers: true) }
        }
        #expect(last?.message == "It is used by an integration and cannot be deleted: i11 (\(entries[11].id)).")
        try organization.apply { try $0.delete(OpenIntegrationRecord.self, entries[11].id) }
        try organization.apply { try $0.delete(MessagingSetting.self, setting) }
        try organization.apply { try $0.delete(SupportedContent.self, profile) }
    }

    /// The references that are updated with each step equal those computed from all integrations, even after loading.
    @Test(arguments: 0..<20) func referencesFollowEveryChange(_ seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let store = try SQLiteStore.inMemory()
        let organizations = Organizations(store: store)
        let id = try await organizations.create(name: "o", by: .sample()).id
        var objects: [String] = []
        for index in 0..<4 {
            objects.append(
                try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                    try draft.create(SupportedContent.self, SupportedContentRequest(name: "\(index)")).id
                }
            )
        }
        var integrations: [String] = []
        for _ in 0..<60 {
            let profile = objects[Int.random(in: 0..<objects.count, using: &random)]
            let victim = integrations.randomElement(using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let request = Self.request("n\(Int.random(in: 0..<5, using: &random))", supportedContent: profile)
                integrations.append(
                    try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                        let entry = try draft.createIntegration(request)
                        return entry.id
                    }
                )
            case 2:
                guard let victim else { continue }
                try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                    try draft.delete(OpenIntegrationRecord.self, victim)
                }
                integrations.removeAll { $0 == victim }
            default:
                guard let victim else { continue }
                try await organizations.change(id, by: .sample()) { (draft) throws(APIError) in
                    _ = try draft.completeIntegration(victim)
                    let patch = try MergePatch<SealedOpenIntegrationRequest>([
                        "supportedContent": ["id": .string(profile)]
                    ])
                    _ = try draft.update(OpenIntegrationRecord.self, victim, patch)
                }
            }
        }
        let published = try #require(try await organizations.snapshot(of: id))
        let loaded = try Organization(try #require(try await store.load(id)))
        for organization in [published, loaded] {
            for object in objects {
                let expected = try organization[.openIntegration].entries.filter {
                    try Self.integration($0).request.supportedContent?.id == object
                }
                #expect(Array(organization.integrations(using: SupportedContent.self, object).entries) == expected)
                let page = organization.listIntegrations(try Paging(pageSize: 2), supportedContent: object)
                #expect(page.entries == Array(expected.prefix(2)))
                #expect(page.total == expected.count)
                let none = organization.listIntegrations(try Paging(), supportedContent: object, messagingSetting: "x")
                #expect(none.total == 0)
            }
        }
    }
}

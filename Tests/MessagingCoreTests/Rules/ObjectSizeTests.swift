import MessagingContract
import Testing

@testable import MessagingCore

/// An organization may hold objects from before a limit, which are put into it as they would be stored.
@Suite struct ObjectSizeTests {
    private static func types(_ count: Int, from first: Int = 0, length: Int = 8) -> [MediaType] {
        (first..<first + count).map { number in
            let text = "a/\(number)"
            return MediaType(type: text + String(repeating: "x", count: max(0, length - text.utf8.count)))
        }
    }

    private static func request(inbound: [MediaType], outbound: [MediaType]? = nil) -> SupportedContentRequest {
        let access = MediaTypeAccess(inbound: inbound, outbound: outbound)
        return SupportedContentRequest(name: "n", mediaTypes: MediaTypes(allow: access))
    }

    private static func patch(_ request: SupportedContentRequest) throws -> MergePatch<SupportedContentRequest> {
        try MergePatch(["mediaTypes": request.mediaTypes?.json ?? .null])
    }

    /// An organization with the profile `p-1`, whatever its size.
    private static func organization(with request: SupportedContentRequest) throws -> Organization {
        let profile = SupportedContent(request, .sample(id: "p-1"))
        let record = Record(kind: .supportedContent, id: "p-1", bytes: profile.json.bytes)
        return try Organization(StoredOrganization(id: "o-1", revision: 1, records: [record]))
    }

    @Test func aProfileHasAThousandEntriesInBothDirectionsTogether() throws {
        var organization = try Organization.sample()
        let most = Self.request(inbound: Self.types(600, length: 255), outbound: Self.types(400, length: 255))
        #expect(
            try organization.apply { try $0.create(SupportedContent.self, most) }.profile().mediaTypes
                == most.mediaTypes
        )
        let more = Self.request(inbound: Self.types(600), outbound: Self.types(401))
        let error = #expect(throws: APIError.self) {
            try organization.apply { try $0.create(SupportedContent.self, more) }
        }
        #expect((error?.status, error?.code) == (400, "constraint.validation"))
        #expect(error?.details.first?.fieldName == "mediaTypes.allow")
    }

    @Test func aProfileWithMoreEntriesMayShrinkAndNotGrow() throws {
        let organization = try Self.organization(with: Self.request(inbound: Self.types(1_500)))
        func update(_ patch: MergePatch<SupportedContentRequest>) throws -> SupportedContent {
            var draft = organization
            return try draft.apply { try $0.update(SupportedContent.self, "p-1", patch) }.profile()
        }
        #expect(try update(MergePatch(#"{"name":"m"}"#)).mediaTypes?.entryCount == 1_500)
        for count in [0, 999, 1_499, 1_500] {
            let patch = try Self.patch(Self.request(inbound: Self.types(count, from: 7)))
            #expect(try update(patch).mediaTypes?.entryCount == count)
        }
        let patch = try Self.patch(Self.request(inbound: Self.types(1_501)))
        #expect(throws: APIError.self) { try update(patch) }
    }

    @Test func aProfileOverItsBytesMayShrinkAndNotGrow() throws {
        let organization = try Self.organization(with: Self.request(inbound: Self.types(1_500, length: 250)))
        func change(to types: [MediaType]) throws -> Int {
            var draft = organization
            let object = try draft.object(SupportedContent.self, "p-1")
            return try draft.apply { try $0.change(object, "p-1", to: Self.request(inbound: types)) }.bytes.count
        }
        #expect(throws: APIError.objectTooLarge(limit: 327_680)) { try change(to: Self.types(1_500, length: 251)) }
        #expect(try change(to: Self.types(1_500, from: 100, length: 250)) > 327_680)
        #expect(try change(to: Self.types(1_500, length: 249)) > 327_680)
        #expect(try change(to: Self.types(1_000, length: 255)) <= 327_680)
    }

    @Test func anIntegrationHas512KiB() throws {
        var organization = try Self.organization(with: Self.request(inbound: []))
        var request = SealedOpenIntegrationRequest()
        request.name = "n"
        request.supportedContent = SupportedContentReference(id: "p-1")
        request.outboundNotificationWebhookUrl = "https://a.example"
        request.webhookHeaders = ["a": String(repeating: "x", count: 520_000)]
        #expect(try organization.apply { try $0.createIntegration(request) }.bytes.count > 520_000)
        request.webhookHeaders = ["a": String(repeating: "x", count: 524_288)]
        #expect(throws: APIError.objectTooLarge(limit: 524_288)) {
            try organization.apply { try $0.createIntegration(request) }
        }
    }

    @Test func aClientHas64KiB() async throws {
        let fixture = try await Fixture()
        await #expect(throws: APIError.objectTooLarge(limit: 65_536)) {
            try await fixture.organizations.register(
                ClientRegistration(id: String(repeating: "x", count: 65_536), name: "n"),
                in: fixture.id,
                by: .sample()
            )
        }
    }
}

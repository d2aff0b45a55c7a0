import MessagingContract
import MessagingCore
import Testing

@Suite struct SupportedContentRulesTests {
    private func created(_ text: String) throws -> (Organization, SupportedContent) {
        var organization = try Organization.sample()
        let request = try SupportedContentRequest(document: Array(text.utf8))
        let entry = try organization.apply(.sample(id: "p-1", at: 1)) { try $0.create(SupportedContent.self, request) }
        return (organization, try entry.profile())
    }

    private static let both =
        #"{"name":"n","mediaTypes":{"allow":{"inbound":[{"type":"*/*"}],"outbound":[{"type":"image/png"}]}}}"#

    @Test func aNewProfileIsStamped() throws {
        let (_, profile) = try created(Self.both)
        #expect(profile.version == 1)
        #expect(profile.createdBy == DomainEntityRef(user: "u-1"))
        #expect(profile.modifiedBy == profile.createdBy)
        #expect(profile.selfUri == "/api/v2/conversations/messaging/supportedcontent/p-1")
        #expect(profile.json["version"] == 1)
        #expect(profile.json["updatedBy"] == nil)
    }

    @Test(arguments: [
        (#"{}"#, both),
        (
            #"{"mediaTypes":{"allow":{"inbound":[{"type":"image/*"},{"type":"video/mpeg"}]}}}"#,
            #"{"name":"n","mediaTypes":{"allow":{"inbound":[{"type":"image/*"},{"type":"video/mpeg"}]}}}"#
        ),
        (#"{"mediaTypes":null}"#, #"{"name":"n"}"#), (#"{"mediaTypes":{}}"#, #"{"name":"n"}"#),
        (#"{"mediaTypes":{"allow":null}}"#, #"{"name":"n"}"#),
        (
            #"{"mediaTypes":{"allow":{"inbound":null,"outbound":[]}},"name":"m"}"#,
            #"{"name":"m","mediaTypes":{"allow":{"outbound":[]}}}"#
        ),
    ])
    func patchesReplaceMediaTypesWhole(_ patch: String, _ expected: String) throws {
        var (organization, _) = try created(Self.both)
        let after = try organization.apply(.sample(at: 2)) {
            try $0.update(SupportedContent.self, "p-1", MergePatch(patch))
        }.profile()
        #expect(after.request.json == (try JSON(document: Array(expected.utf8))))
        #expect(after.version == 2)
    }

    @Test func aNewOrganizationHasTheFactoryProfileAsItsDefault() async throws {
        let organization = try await Fixture().stored()
        let profile = try #require(try organization.getDefault(SupportedContent.self)?.profile())
        #expect(profile.name == "default")
        #expect(profile.mediaTypes?.allow?.inbound?.map(\.type) == ["*/*"])
        #expect(profile.mediaTypes?.allow?.outbound?.map(\.type) == ["image/jpeg", "image/png", "image/gif"])
        #expect(organization.list(SupportedContent.self, try Paging()).entries.map(\.id) == [profile.id])
        #expect(organization.getDefault(MessagingSetting.self) == nil)
        var draft = organization
        #expect(throws: APIError.self) { try draft.apply { try $0.delete(SupportedContent.self, profile.id) } }
    }
}

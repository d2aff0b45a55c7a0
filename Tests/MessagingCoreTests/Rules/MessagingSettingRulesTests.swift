import MessagingContract
import MessagingCore
import Testing

@Suite struct MessagingSettingRulesTests {
    private func created(_ text: String) throws -> (Organization, MessagingSetting) {
        var organization = try Organization.sample()
        let request = try MessagingSettingRequest(document: Array(text.utf8))
        let entry = try organization.apply(.sample(id: "s-1", at: 1)) { try $0.create(MessagingSetting.self, request) }
        return (organization, try entry.setting())
    }

    @Test func aNewSettingIsStamped() throws {
        let (organization, setting) = try created(#"{"name":"n"}"#)
        #expect(setting.id == "s-1")
        #expect(setting.version == "1")
        #expect(setting.dateCreated.wire == "1970-01-01T00:00:01.000Z")
        #expect(setting.dateModified == setting.dateCreated)
        #expect(setting.createdBy == DomainEntityRef(user: "u-1"))
        #expect(setting.updatedBy == setting.createdBy)
        #expect(setting.selfUri == "/api/v2/conversations/messaging/settings/s-1")
        #expect(try organization.get(MessagingSetting.self, "s-1").setting() == setting)
    }

    @Test(arguments: [
        (#"{}"#, #"{"name":"n","event":{"typing":{"on":{"inbound":"Enabled","outbound":"Disabled"}}}}"#),
        (
            #"{"event":{"typing":{"on":{"inbound":"disabled"}}}}"#,
            #"{"name":"n","event":{"typing":{"on":{"inbound":"Disabled","outbound":"Disabled"}}}}"#
        ),
        (
            #"{"event":{"typing":{"on":{"inbound":null}}}}"#,
            #"{"name":"n","event":{"typing":{"on":{"outbound":"Disabled"}}}}"#
        ),
        (#"{"event":{"typing":{"on":{"inbound":null,"outbound":null}}}}"#, #"{"name":"n"}"#),
        (#"{"event":null,"name":"m"}"#, #"{"name":"m"}"#), (#"{"event":{"typing":null}}"#, #"{"name":"n"}"#),
        (#"{"event":{}}"#, #"{"name":"n"}"#), (#"{"event":{"typing":{"on":{}}}}"#, #"{"name":"n"}"#),
        (
            #"{"event":{"x":{}},"content":{"story":{"reply":{"inbound":"Enabled"}}},"id":"x","version":"9"}"#,
            #"{"name":"n","content":{"story":{"reply":{"inbound":"Enabled"}}},"event":{"typing":{"on":{"inbound":"Enabled","outbound":"Disabled"}}}}"#
        ),
    ])
    func patchesMergeLeafByLeaf(_ patch: String, _ expected: String) throws {
        var (organization, before) = try created(
            #"{"name":"n","event":{"typing":{"on":{"inbound":"Enabled","outbound":"Disabled"}}}}"#
        )
        let after = try organization.apply(.sample(at: 2)) {
            try $0.update(MessagingSetting.self, "s-1", MergePatch(patch))
        }.setting()
        #expect(after.request.json == (try JSON(document: Array(expected.utf8))))
        #expect(after.version == "2")
        #expect(after.dateModified.wire == "1970-01-01T00:00:02.000Z")
        #expect((after.id, after.dateCreated, after.createdBy) == (before.id, before.dateCreated, before.createdBy))
    }

    @Test(arguments: [
        #"{"name":null}"#, #"{"name":" \t"}"#, #"{"name":""}"#, #"{"event":5}"#, #"{"event":{"typing":"on"}}"#,
    ])
    func invalidPatchesAreRefusedAndChangeNothing(_ patch: String) throws {
        var (organization, before) = try created(#"{"name":"n"}"#)
        let error = #expect(throws: APIError.self) {
            try organization.apply { try $0.update(MessagingSetting.self, "s-1", MergePatch(patch)) }
        }
        #expect(error?.status == 400)
        #expect(try organization.get(MessagingSetting.self, "s-1").setting() == before)
    }

    @Test func namesAreBounded() throws {
        #expect(throws: APIError.self) { try created(#"{"name":"\#(String(repeating: "x", count: 257))"}"#) }
        #expect(try created(#"{"name":"\#(String(repeating: "é", count: 256))"}"#).1.name.count == 256)
    }

    @Test func unknownSettingsAreNotFound() throws {
        var organization = try Organization.sample()
        #expect(throws: APIError.notFound) { try organization.get(MessagingSetting.self, "x") }
        #expect(throws: APIError.notFound) { try organization.apply { try $0.delete(MessagingSetting.self, "x") } }
        #expect(throws: APIError.notFound) {
            try organization.apply { try $0.update(MessagingSetting.self, "x", MergePatch("{}")) }
        }
        #expect(throws: APIError.notFound) { try organization.apply { try $0.setDefault(MessagingSetting.self, "x") } }
    }

    @Test func theDefaultIsSetClearedAndProtected() throws {
        var (organization, setting) = try created(#"{"name":"n"}"#)
        #expect(organization.getDefault(MessagingSetting.self) == nil)
        organization.apply { $0.clearDefault(MessagingSetting.self) }
        #expect(try organization.apply { try $0.setDefault(MessagingSetting.self, "s-1") }.id == setting.id)
        #expect(organization.getDefault(MessagingSetting.self)?.id == setting.id)
        let error = #expect(throws: APIError.self) {
            try organization.apply { try $0.delete(MessagingSetting.self, "s-1") }
        }
        #expect(error?.status == 400)
        #expect(error?.code == "bad.request")
        organization.apply { $0.clearDefault(MessagingSetting.self) }
        #expect(organization.getDefault(MessagingSetting.self) == nil)
        try organization.apply { try $0.delete(MessagingSetting.self, "s-1") }
        #expect(throws: APIError.notFound) { try organization.get(MessagingSetting.self, "s-1") }
    }

    @Test func settingsAreListedByNameThenID() throws {
        var organization = try Organization.sample()
        for (id, name) in [("3", "b"), ("1", "b"), ("2", "a"), ("4", "B")] {
            _ = try organization.apply(.sample(id: id)) {
                try $0.create(MessagingSetting.self, MessagingSettingRequest(name: name))
            }
        }
        let (entries, total) = organization.list(MessagingSetting.self, try Paging())
        #expect(entries.map(\.id) == ["4", "2", "1", "3"])
        #expect(total == 4)
        #expect(
            organization.list(MessagingSetting.self, try Paging(pageSize: 3, pageNumber: 2)).entries.map(\.id) == ["3"]
        )
        #expect(organization.list(MessagingSetting.self, try Paging(pageSize: 3, pageNumber: 3)).entries.isEmpty)
        #expect(organization.list(SupportedContent.self, try Paging()).total == 0)
    }
}

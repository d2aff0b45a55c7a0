import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

/// Both families of paths, over the same data.
@Suite struct SettingsTests {
    static let families = [MessagingSettingEndpoints.deprecated, .current]

    @Test(arguments: families)
    func aSettingLives(_ family: MessagingSettingEndpoints) async throws {
        let server = try await TestServer()
        let event = EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .enabled)))
        let created = try await server.call(family.resource.create, NoParameters(), .init(name: "n", event: event))
        #expect(created.status == 200)
        let setting = try created.decoded(MessagingSetting.self)
        #expect(setting.event == event)

        let other = Self.families[
            family.resource.list.operation.path == Self.families[0].resource.list.operation.path ? 1 : 0
        ]
        #expect(try await server.call(other.resource.get, EntityID(setting.id), NoBody()).body == created.body)

        let patch = try MergePatch<MessagingSettingRequest>(["event": ["typing": ["on": ["outbound": "disabled"]]]])
        let updated = try await server.call(family.resource.update, EntityID(setting.id), patch)
        #expect(updated.status == 200)
        let after = try updated.decoded(MessagingSetting.self)
        #expect(after.event?.typing?.on == SettingDirection(inbound: .enabled, outbound: .disabled))
        #expect(after.version == "2")

        let deleted = try await server.call(family.resource.delete, EntityID(setting.id), NoBody())
        #expect(deleted.status == 204)
        #expect(deleted.body == nil)
        #expect(deleted.fields[.contentType] == nil)
        #expect(try await server.call(family.resource.get, EntityID(setting.id), NoBody()).status == 404)
        #expect(try await server.call(family.resource.delete, EntityID(setting.id), NoBody()).status == 404)
    }

    @Test(arguments: families)
    func theDefaultComesAndGoes(_ family: MessagingSettingEndpoints) async throws {
        let server = try await TestServer()
        let none = try await server.call(family.default.get, NoParameters(), NoBody())
        #expect(none.status == 204)
        #expect(none.body == nil)
        let setting = try await server.call(family.resource.create, NoParameters(), .init(name: "n"))
        let id = try setting.decoded(MessagingSetting.self).id
        let chosen = try await server.call(family.default.set, NoParameters(), .init(settingId: id))
        #expect(chosen.status == 200)
        #expect(chosen.body == setting.body)
        #expect(try await server.call(family.default.get, NoParameters(), NoBody()).body == setting.body)
        let refused = try await server.call(family.resource.delete, EntityID(id), NoBody())
        #expect((refused.status, refused.code) == (400, "bad.request"))
        for _ in 0..<2 {
            #expect(try await server.call(#require(family.default.clear), NoParameters(), NoBody()).status == 204)
            #expect(try await server.call(family.default.get, NoParameters(), NoBody()).status == 204)
        }
        #expect(try await server.call(family.resource.get, EntityID(id), NoBody()).status == 200)
        #expect(try await server.call(family.default.set, NoParameters(), .init(settingId: "x")).status == 404)
        let token = try await server.token()
        let missing = await server.send(.put, family.default.set.operation.path, token: token, body: "{}")
        #expect(missing.status == 400)
        #expect(missing.json?["details"]?.array?.first?["fieldName"] == "settingId")
    }

    @Test(arguments: families)
    func pagesLinkWithinTheCalledFamily(_ family: MessagingSettingEndpoints) async throws {
        let server = try await TestServer()
        for name in ["c", "a", "b"] {
            _ = try await server.call(family.resource.create, NoParameters(), .init(name: name))
        }
        let page = try Paging(pageSize: 2, pageNumber: 2)
        let answer = try await server.call(family.resource.list, page, NoBody())
        let listing = try answer.decoded(Listing<MessagingSetting>.self)
        let path = family.resource.list.operation.path
        #expect(listing.entities.map(\.name) == ["c"])
        #expect(listing.entities[0].selfUri.hasPrefix("/api/v2/conversations/messaging/settings/"))
        #expect((listing.total, listing.pageCount, listing.pageSize, listing.pageNumber) == (3, 2, 2, 2))
        #expect(listing.previousUri == "\(path)?pageSize=2&pageNumber=1")
        #expect(answer.json?.object?.members.map(\.name).contains("nextUri") == false)
        #expect(
            answer.json?.object?.members.map(\.name) == [
                "entities", "pageSize", "pageNumber", "total", "firstUri", "previousUri", "lastUri", "selfUri",
                "pageCount",
            ]
        )
    }

    @Test func anEmptyListHasNoPages() async throws {
        let server = try await TestServer()
        let answer = try await server.call(Self.families[1].resource.list, Paging(), NoBody())
        #expect(answer.json?["entities"] == [])
        #expect(answer.json?["pageCount"] == 0)
        #expect(answer.json?["total"] == 0)
    }
}

import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

@Suite struct SupportedContentTests {
    private static let current = SupportedContentEndpoints.current
    private static let `default` = SupportedContentEndpoints.default
    private static let families = [SupportedContentEndpoints.deprecated.resource, current.resource]

    @Test(arguments: [0, 1])
    func aProfileLives(_ index: Int) async throws {
        let server = try await TestServer()
        let (family, other) = (Self.families[index], Self.families[1 - index])
        let types = MediaTypes(allow: MediaTypeAccess(inbound: [], outbound: [MediaType(type: "image/*")]))
        let created = try await server.call(family.create, NoParameters(), .init(name: "n", mediaTypes: types))
        #expect(created.status == 200)
        let profile = try created.decoded(SupportedContent.self)
        #expect(profile.mediaTypes == types)
        #expect(created.json?["version"] == 1)
        #expect(try await server.call(other.get, EntityID(profile.id), NoBody()).body == created.body)

        let patch = try MergePatch<SupportedContentRequest>(["mediaTypes": ["allow": ["inbound": [["type": "*/*"]]]]])
        let after = try await server.call(family.update, EntityID(profile.id), patch).decoded(SupportedContent.self)
        #expect(after.mediaTypes?.allow == MediaTypeAccess(inbound: [MediaType(type: "*/*")]))
        #expect(after.version == 2)

        #expect(try await server.call(family.delete, EntityID(profile.id), NoBody()).status == 204)
        #expect(try await server.call(other.get, EntityID(profile.id), NoBody()).status == 404)
    }

    @Test func theDefaultMoves() async throws {
        let server = try await TestServer()
        let factory = try await server.call(Self.default.get, NoParameters(), NoBody()).decoded(
            SupportedContent.self
        )
        #expect(factory.name == "default")
        let refused = try await server.call(Self.current.resource.delete, EntityID(factory.id), NoBody())
        #expect((refused.status, refused.code) == (400, "bad.request"))
        let created = try await server.call(Self.current.resource.create, NoParameters(), .init(name: "n"))
        let id = try created.decoded(SupportedContent.self).id
        let chosen = try await server.call(Self.default.set, NoParameters(), .init(id: id))
        #expect((chosen.status, chosen.body) == (200, created.body))
        #expect(try await server.call(Self.current.resource.delete, EntityID(factory.id), NoBody()).status == 204)
        #expect(try await server.call(Self.default.set, NoParameters(), .init(id: factory.id)).status == 404)
    }

    @Test func theOldFamilyHasNoDefault() async throws {
        let server = try await TestServer()
        let answer = await server.send(
            .get,
            "/api/v2/messaging/supportedcontent/default",
            token: try await server.token()
        )
        #expect((answer.status, answer.code) == (404, "not.found"))
    }
}

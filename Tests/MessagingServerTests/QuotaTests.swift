import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@Suite struct QuotaTests {
    private static let settings = "/api/v2/conversations/messaging/settings"
    private static let profiles = "/api/v2/conversations/messaging/supportedcontent"

    @Test func theNumberOfObjectsOfAllKindsIsLimited() async throws {
        // One of the four is the factory profile.
        let server = try await TestServer(limits: OrganizationLimits(objects: 4))
        let token = try await server.token()
        let body = #"{"name":"n"}"#
        var made: [OutgoingResponse] = []
        for path in [Self.settings, Self.settings, Self.profiles] {
            made.append(await server.send(.post, path, token: token, body: body))
        }
        #expect(made.allSatisfy { $0.status == 200 })
        for path in [Self.settings, Self.profiles, "/api/v2/messaging/settings"] {
            let refused = await server.send(.post, path, token: token, body: body)
            #expect((refused.status, refused.code) == (400, "quota.exceeded"))
            #expect(refused.json?["messageParams"] == ["what": "objects", "limit": "4"])
        }
        #expect(await server.send(.get, Self.settings, token: token).json?["total"]?.number?.int == 2)
        let setting = try made[0].decoded(MessagingSetting.self)
        let target = "\(Self.settings)/\(setting.id)"
        #expect(await server.send(.patch, target, token: token, body: #"{"name":"m"}"#).status == 200)
        #expect(await server.send(.delete, target, token: token).status == 204)
        #expect(await server.send(.post, Self.profiles, token: token, body: body).status == 200)
        #expect(await server.send(.post, Self.settings, token: token, body: body).code == "quota.exceeded")
    }

    @Test func concurrentCreationsRespectTheLimit() async throws {
        let server = try await TestServer(limits: OrganizationLimits(objects: 11))
        let token = try await server.token()
        let answers = await withTaskGroup(of: OutgoingResponse.self) { group in
            for number in 0..<40 {
                group.addTask {
                    await server.send(.post, Self.settings, token: token, body: #"{"name":"\#(number)"}"#)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 200 } == 10)
        #expect(answers.count { $0.code == "quota.exceeded" } == 30)
    }

    @Test func aRepeatedRequestGetsItsResponseEvenWithoutRoom() async throws {
        let server = try await TestServer(limits: OrganizationLimits(objects: 2))
        let token = try await server.token()
        let post = {
            await server.send(
                .post,
                Self.settings,
                token: token,
                fields: [.named("Idempotency-Key"): "k"],
                body: #"{"name":"n"}"#
            )
        }
        let first = await post()
        #expect(first.status == 200)
        #expect(await post().body == first.body)
    }

    @Test func theNumberOfClientsIsLimited() async throws {
        let server = try await TestServer(limits: OrganizationLimits(clients: 2))
        let second = ClientRegistration(name: "second")
        try await server.organizations.register(second, in: server.organization, by: .test)
        await #expect(throws: APIError.quotaExceeded("OAuth clients", limit: 2)) {
            try await server.organizations.register(ClientRegistration(name: "n"), in: server.organization, by: .test)
        }
        _ = try await server.organizations.rotateSecret(of: second.client, in: server.organization, by: .test)
        try await server.organizations.change(server.organization, by: .test) { (draft) throws(APIError) in
            try draft.deleteClient(second.client.id)
        }
        try await server.organizations.register(ClientRegistration(name: "n"), in: server.organization, by: .test)
    }

    @Test func theBytesOfAnOrganizationAreLimited() async throws {
        let limit = 40_000
        let server = try await TestServer(limits: OrganizationLimits(bytes: limit))
        let token = try await server.token()
        let leaked = try await server.token()
        let body = #"{"name":"\#(String(repeating: "n", count: 250))"}"#
        var made: [OutgoingResponse] = []
        for _ in 0..<100 { made.append(await server.send(.post, Self.settings, token: token, body: body)) }
        let refused = try #require(made.first { $0.status != 200 })
        #expect((refused.status, refused.code) == (400, "quota.exceeded"))
        #expect(
            refused.json?["messageParams"]
                == ["what": "bytes of objects and their history", "limit": .string("\(limit)")]
        )
        let settings = try made.filter { $0.status == 200 }.map { try $0.decoded(MessagingSetting.self).id }
        #expect(settings.count > 10)
        // Other work of the owner goes on, and deletions make room.
        #expect(await server.send(.get, Self.settings, token: token).status == 200)
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: leaked).status == 204)
        try await server.organizations.register(ClientRegistration(name: "n"), in: server.organization, by: .test)
        for id in settings {
            #expect(await server.send(.delete, "\(Self.settings)/\(id)", token: token).status == 204)
        }
        #expect(await server.send(.post, Self.settings, token: token, body: body).status == 200)
    }
}

import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@Suite struct IntegrationRestorationTests {
    private static let path = IntegrationTests.path

    private static func request(_ name: String, setting: String? = nil) -> OpenIntegrationRequest {
        OpenIntegrationRequest(
            name: name,
            outboundNotificationWebhookUrl: "https://a.example/\(name)",
            outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef \(name)",
            messagingSetting: setting.map { MessagingSettingRequestReference(id: $0) },
            webhookHeaders: ["X-Name": name]
        )
    }

    private static func restore(_ server: TestServer, _ token: String, _ id: String, _ version: Int) async
        -> OutgoingResponse
    {
        let path = "/platform/v1/integrations/\(id)/restorations"
        return await server.send(.post, path, token: token, body: #"{"version":\#(version)}"#)
    }

    /// The members that a restoration restores, and those that it keeps.
    private static func written(_ answer: OutgoingResponse) -> JSON? {
        var members = answer.json?.object
        for name in ["dateModified", "modifiedBy", "outboundNotificationWebhookSignatureSecretToken"] {
            members?[name] = nil
        }
        return members.map(JSON.object)
    }

    /// A server, a token of it, and an integration whose creation is complete.
    private static func begin(
        _ request: (TestServer, String) async throws -> OpenIntegrationRequest
    ) async throws -> (TestServer, String, String) {
        let server = try await TestServer()
        let token = try await server.token()
        let body = try await String(decoding: request(server, token).body, as: UTF8.self)
        return (server, token, try await IntegrationTests.create(server, token, body))
    }

    @Test func restoresEachOf50VersionsEvenAfterDeletion() async throws {
        let (server, token, id) = try await Self.begin { _, _ in Self.request("2") }
        var versions: [Int: JSON] = [:]
        for version in 3...50 {
            let patch =
                #"{"name":"\#(version)","webhookHeaders":{"X-Name":"\#(version)"},"#
                + #""outboundNotificationWebhookSignatureSecretToken":"0123456789abcdef \#(version)"}"#
            let answer = await server.send(.patch, "\(Self.path)/\(id)", token: token, body: patch)
            #expect(answer.status == 200)
            versions[version] = Self.written(answer)
        }
        for isDeleted in [false, true] {
            for (version, expected) in versions.sorted(by: { $0.key < $1.key }) {
                if isDeleted {
                    #expect(await server.send(.delete, "\(Self.path)/\(id)", token: token).status == 204)
                }
                let answer = await Self.restore(server, token, id, version)
                #expect(answer.status == 200)
                #expect(Self.written(answer) == expected)
            }
        }
        let list = await server.send(.get, "/api/v2/conversations/messaging/integrations", token: token)
        #expect(list.json?["entities"]?.array?.first?["version"]?.number?.int == 50 + 48 + 48)
    }

    @Test func aReferenceToADeletedObjectIsRefusedByName() async throws {
        let (server, token, id) = try await Self.begin { server, token in
            let body = #"{"name":"s"}"#
            let made = await server.send(.post, "/api/v2/conversations/messaging/settings", token: token, body: body)
            return Self.request("a", setting: try #require(made.json?["id"]?.string))
        }
        let got = await server.send(.get, "\(Self.path)/\(id)", token: token)
        let setting = try #require(got.json?["messagingSetting"]?["id"]?.string)
        let clear = #"{"messagingSetting":null}"#
        #expect(await server.send(.patch, "\(Self.path)/\(id)", token: token, body: clear).status == 200)
        let settings = "/api/v2/conversations/messaging/settings/\(setting)"
        #expect(await server.send(.delete, settings, token: token).status == 204)
        for isDeleted in [false, true] {
            if isDeleted { #expect(await server.send(.delete, "\(Self.path)/\(id)", token: token).status == 204) }
            let refused = await Self.restore(server, token, id, 2)
            #expect((refused.status, refused.code) == (400, "bad.request"))
            #expect(refused.json?["details"]?.array?.first?["fieldName"] == "messagingSetting.id")
        }
        let back = "/platform/v1/settings/\(setting)/restorations"
        #expect(await server.send(.post, back, token: token, body: "{}").status == 200)
        let restored = await Self.restore(server, token, id, 2)
        #expect(restored.status == 200)
        #expect(restored.json?["messagingSetting"]?["id"]?.string == setting)
    }

    @Test func anIntegrationDeletedBeforeItsCompletionIsRestoredComplete() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, integrationDelay: 600)
        let token = try await server.token()
        let made = try await server.call(OpenIntegrationEndpoints.create, NoParameters(), Self.request("a"))
        let id = try #require(made.json?["id"]?.string)
        let early = await Self.restore(server, token, id, 1)
        #expect(early.json?["message"] == "Create integration has not completed")
        #expect(await server.send(.delete, "\(Self.path)/\(id)", token: token).status == 204)
        let back = await Self.restore(server, token, id, 1)
        #expect(back.json?["createStatus"] == "Completed")
        let recipient = back.json?["recipient"]
        #expect(recipient?["id"] != nil)
        clock.advance(by: 600 + Effect.leaseTime)
        await server.runStoredEffects()
        #expect(await server.send(.get, "\(Self.path)/\(id)", token: token).json?["recipient"] == recipient)
    }

    @Test func theHistoryMasksSecrets() async throws {
        let (server, token, id) = try await Self.begin { _, _ in Self.request("a") }
        let changes = await server.send(.get, "/platform/v1/changes?kind=integrations&id=\(id)", token: token)
        let entities = try #require(changes.json?["entities"]?.array)
        #expect(entities.count == 2)
        for change in entities {
            #expect(change["after"]?["outboundNotificationWebhookSignatureSecretToken"] == "***")
            #expect(change["after"]?["webhookHeaders"] == ["X-Name": "***"])
            #expect(change["after"]?["outboundNotificationWebhookUrl"] == "https://a.example/a")
        }
        #expect(entities.map { $0["operation"]?.string }.first == "completeIntegration")
    }
}

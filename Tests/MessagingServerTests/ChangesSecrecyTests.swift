import HTTPTypes
import MessagingContract
import MessagingSQLite
import MessagingServer
import Testing

@testable import MessagingCore

/// Secrets in records are in no response.
@Suite struct ChangesSecrecyTests {
    @Test func aClientsDigestIsHidden() async throws {
        let server = try await TestServer()
        let client = ClientRegistration(name: "another")
        try await server.organizations.register(client, in: server.organization, by: .test)
        _ = try await server.organizations.rotateSecret(of: client.client, in: server.organization, by: .test)
        try await server.organizations.change(server.organization, by: .test) { (draft) throws(APIError) in
            try draft.deleteClient(client.client.id)
        }
        let token = try await server.token()
        let answer = await server.send(.get, "/platform/v1/changes?kind=clients&pageSize=100", token: token)
        let changes = try #require(answer.json?["entities"]?.array)
        let clients = changes.flatMap { [$0["before"], $0["after"]] }.compactMap(\.self)
        #expect(clients.count == 5)
        #expect(clients.allSatisfy { $0["secretDigest"] == "***" && $0["user"]?.string?.isEmpty == false })
        let text = String(decoding: answer.body ?? [], as: UTF8.self)
        let stored = try #require(try await server.store.changes(of: server.organization, after: 0, limit: 100))
        let digests = stored.flatMap { [$0.before, $0.after] }.compactMap { $0 }
            .compactMap { try? JSON(parsing: $0)["secretDigest"]?.string }
        #expect(digests.count == 5)
        #expect(digests.allSatisfy { !text.contains($0) })
    }

    /// A kind without a list of its own is masked with the union of all lists, at any depth.
    @Test func sealedMembersAreHidden() throws {
        let record: JSON = [
            "id": "i", "outboundNotificationWebhookSignatureSecretToken": "sealed-1", "secretDigest": "sealed-2",
            "webhookHeaders": ["Authorization": "sealed-3", "X": ["sealed-4", 5], "Y": ["Z": "sealed-5"], "N": nil],
            "parts": [["webhookHeaders": "sealed-6"], "webhookHeaders"], "name": "shown",
        ]
        let masked = try Kind[RecordKind(rawValue: "unheardOf")].shown(record.bytes, withNames: true)
        #expect(!String(decoding: masked, as: UTF8.self).contains("sealed"))
        let expected: JSON = [
            "id": "i", "outboundNotificationWebhookSignatureSecretToken": "***", "secretDigest": "***",
            "webhookHeaders": ["Authorization": "***", "X": "***", "Y": ["Z": "***"], "N": nil],
            "parts": [["webhookHeaders": "***"], "webhookHeaders"], "name": "shown",
        ]
        #expect(masked == expected.bytes)
        for kind in [RecordKind.messagingSetting, .supportedContent, .organization] {
            #expect(try Kind[kind].shown(record.bytes, withNames: false) == record.bytes)
        }
        #expect(throws: APIError.self) { try Kind[.oauthClient].shown(Array("{".utf8), withNames: true) }
    }

    /// The paths in an integration are not stored.
    @Test func theHistoryShowsTheMembersOfAnIntegrationThatItsResponseHas() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let body: JSON = [
            "name": "n", "outboundNotificationWebhookUrl": "https://example.com",
            "outboundNotificationWebhookSignatureSecretToken": "a-secret-token-of-a-webhook",
        ]
        let text = String(decoding: body.bytes, as: UTF8.self)
        let made = await server.send(.post, IntegrationTests.path, token: token, body: text)
        let id = try #require(made.json?["id"]?.string)
        let shown = try #require(try await IntegrationTests.completed(id, server, token).json)
        let history = await server.send(.get, "/platform/v1/changes?kind=integrations&id=\(id)", token: token)
        let after = try #require(history.json?["entities"]?.array?.first?["after"])
        for member in ["recipient", "createdBy", "modifiedBy"] {
            #expect(shown[member]?["selfUri"]?.string?.isEmpty == false)
            #expect(after[member]?.bytes == shown[member]?.bytes)
        }
        #expect(after["selfUri"] == shown["selfUri"])
        #expect(after.object?.map(\.name).last == "selfUri")
    }

    /// Webhook headers are shown by name to callers who may view integrations, and to others not at all.
    @Test func namesOfWebhookHeadersAreShownToCallersWhoMayViewIntegrations() async throws {
        let server = try await TestServer()
        let body: JSON = [
            "name": "n", "outboundNotificationWebhookUrl": "https://example.com",
            "outboundNotificationWebhookSignatureSecretToken": "a-secret-token-of-a-webhook",
            "webhookHeaders": ["X-Canary": "v"],
        ]
        let made = await server.send(
            .post,
            IntegrationTests.path,
            token: try await server.token(),
            body: String(decoding: body.bytes, as: UTF8.self)
        )
        #expect(made.status == .ok)
        let path = "/platform/v1/changes?kind=integrations"
        let viewing = try await server.token(permissions: ["messaging:audit:view", "messaging:integration:view"])
        let auditing = try await server.token(permissions: ["messaging:audit:view"])
        for (token, headers) in [(viewing, ["X-Canary": "***"] as JSON), (auditing, "***")] {
            let answer = await server.send(.get, path, token: token)
            let changes = try #require(answer.json?["entities"]?.array)
            #expect(!changes.isEmpty && changes.allSatisfy { $0["after"]?["webhookHeaders"] == headers })
        }
    }
}

import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

/// A database that a program of an older schema version made is served with the responses of that program (`Scripts/schema-fixture.py`).
@Suite struct OlderDatabaseTests {
    /// The responses of the program of that version, and the values to repeat its requests.
    private struct Fixture: Decodable {
        struct Exchange: Decodable {
            let method: String
            let path: String
            let key: String?
            let send: String?
            let status: Int
            let body: String
        }

        let moment: Double
        let encryptionKey: String
        let client: String
        let secret: String
        let token: String
        let readingToken: String
        let revokedTokens: [String]
        let unfinished: String
        let reads: [Exchange]
        let keyed: [Exchange]
    }

    private static let versions = [2, 3, 4]

    private func withServer(
        of version: Int,
        _ body: (TestServer, Fixture) async throws -> Void
    ) async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/schema-\(version)")
        let fixture = try JSONDecoder().decode(
            Fixture.self,
            from: Data(contentsOf: folder.appending(path: "responses.json"))
        )
        let directory = FileManager.default.temporaryDirectory.appending(path: "schema-\(version)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "m.sqlite")
        try FileManager.default.copyItem(at: folder.appending(path: "database.sqlite"), to: path)
        let store = try SQLiteStore.open(path: path.path, logger: .silent)
        let server = TestServer(
            store,
            try #require(try await store.organizations(after: nil, limit: 1).first),
            ClientRegistration(id: fixture.client, secret: fixture.secret, name: "any"),
            keys: try #require(SealingKeys(fixture.encryptionKey)),
            clock: TestServer.Clock(fixture.moment),
            runsEffects: false
        )
        try await body(server, fixture)
        await store.close()
    }

    private func send(_ exchange: Fixture.Exchange, _ server: TestServer, _ token: String) async -> OutgoingResponse {
        await server.send(
            exchange.method == "GET" ? .get : .post,
            exchange.path,
            token: token,
            fields: exchange.key.map { [.named("Idempotency-Key"): $0] } ?? [:],
            body: exchange.send ?? ""
        )
    }

    @Test(arguments: versions) func everyReadReturnsTheSameBytes(version: Int) async throws {
        try await withServer(of: version) { server, fixture in
            #expect(fixture.reads.count > 10)
            for read in fixture.reads {
                let answer = await send(read, server, fixture.token)
                #expect(answer.status.code == read.status, "\(read.path)")
                #expect(answer.body.map { String(decoding: $0, as: UTF8.self) } == read.body, "\(read.path)")
            }
        }
    }

    @Test(arguments: versions) func revokedTokensStayRevokedAndOthersAlive(version: Int) async throws {
        try await withServer(of: version) { server, fixture in
            let path = "/api/v2/conversations/messaging/settings"
            #expect(fixture.revokedTokens.count == 4)
            for token in fixture.revokedTokens { #expect(await server.send(.get, path, token: token).status == 401) }
            for token in [fixture.token, fixture.readingToken] {
                #expect(await server.send(.get, path, token: token).status == 200)
            }
            let fresh = try await server.token()
            #expect(await server.send(.get, path, token: fresh).status == 200)
        }
    }

    @Test(arguments: versions) func idempotencyKeysGiveTheSameResponses(version: Int) async throws {
        try await withServer(of: version) { server, fixture in
            let revision = try await server.store.load(server.organization)?.revision
            #expect(fixture.keyed.count == 6)
            for post in fixture.keyed {
                let answer = await send(post, server, fixture.token)
                #expect(answer.status.code == post.status, "\(post.path)")
                #expect(answer.body.map { String(decoding: $0, as: UTF8.self) } == post.body, "\(post.path)")
                var other = HTTPFields()
                other[.named("Idempotency-Key")] = post.key
                let body = (post.send ?? "").replacing(#""name": ""#, with: #""name": "another "#).replacing(
                    " 2}",
                    with: " 1}"
                )
                #expect(body != post.send)
                let reused = await server.send(.post, post.path, token: fixture.token, fields: other, body: body)
                #expect(reused.status == 422, "\(post.path)")
            }
            // The retries found the first objects. Only the incomplete integration was completed.
            let changes = try await server.store.changes(
                of: server.organization,
                after: try #require(revision),
                limit: 99
            )
            #expect(try #require(changes).allSatisfy { $0.author.operation == "completeIntegration" })
        }
    }

    @Test(arguments: versions) func incompleteIntegrationsAreCompleted(version: Int) async throws {
        try await withServer(of: version) { server, fixture in
            await server.runStoredEffects()
            let path = "/api/v2/conversations/messaging/integrations/open/\(fixture.unfinished)"
            let answer = await server.send(.get, path, token: fixture.token)
            #expect(answer.json?["createStatus"] == "Completed")
        }
    }
}

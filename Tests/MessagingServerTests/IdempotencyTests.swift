import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

@Suite struct IdempotencyTests {
    private static let settings = "/api/v2/conversations/messaging/settings"

    private func post(
        _ server: TestServer,
        _ token: String,
        key: String,
        to path: String = settings,
        _ body: String = #"{"name":"n"}"#
    ) async -> OutgoingResponse {
        await server.send(.post, path, token: token, fields: [.named("Idempotency-Key"): key], body: body)
    }

    private func total(_ server: TestServer, _ token: String) async -> Int? {
        await server.send(.get, Self.settings, token: token).json?["total"]?.number?.int
    }

    @Test func fiftyConcurrentRequestsCreateOneObjectAndGetOneResponse() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let answers = await withTaskGroup(of: OutgoingResponse.self) { group in
            for _ in 0..<50 { group.addTask { await post(server, token, key: "k") } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(Set(answers.map { $0.fields[.eTag] }).count == 1)
        #expect(await total(server, token) == 1)
    }

    @Test func theFirstResponseIsRepeatedEvenAfterLaterChanges() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let first = await post(server, token, key: "k")
        let path = "\(Self.settings)/\(try first.decoded(MessagingSetting.self).id)"
        #expect(await server.send(.patch, path, token: token, body: #"{"name":"m"}"#).status == 200)
        #expect(await post(server, token, key: "k").body == first.body)
        #expect(await server.send(.delete, path, token: token).status == 204)
        #expect(await post(server, token, key: "k").body == first.body)
        #expect(await total(server, token) == 0)
    }

    @Test func anotherBodyUnderTheSameKeyIs422() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        _ = await post(server, token, key: "k")
        let other = await post(server, token, key: "k", #"{"name":"other"}"#)
        #expect((other.status, other.code) == (422, "idempotency.key.reused"))
        #expect(await total(server, token) == 1)
    }

    @Test func aKeyBelongsToAClientAndAnOperation() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let first = await post(server, token, key: "k")
        let other = try await server.token(permissions: Permission.all.map(\.rawValue))
        for answer in [
            await post(server, other, key: "k"), await post(server, token, key: "k", to: "/api/v2/messaging/settings"),
            await post(server, token, key: "k2"),
        ] {
            #expect(answer.status == 200)
            #expect(answer.body != first.body)
        }
    }

    @Test func aRefusalIsNotKept() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        #expect(await post(server, token, key: "k", "{}").status == 400)
        #expect(await post(server, token, key: "k").status == 200)
    }

    @Test func aKeyIsForgottenAfterADay() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock)
        let first = await post(server, try await server.token(), key: "k")
        clock.advance(by: 86_399)
        #expect(await post(server, try await server.token(), key: "k").body == first.body)
        clock.advance(by: 1)
        #expect(await post(server, try await server.token(), key: "k").body != first.body)
        clock.advance(by: 86_401)
        try await server.organizations.sweepIdempotencyRecords()
        #expect(
            try await server.store.deleteIdempotencyRecords(
                of: server.organization,
                expiredBefore: .distantFuture,
                limit: 9
            ) == 0
        )
    }

    @Test func aRepeatedRestorationGetsTheFirstResponse() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let id = try await post(server, token, key: "a").decoded(MessagingSetting.self).id
        let path = "\(Self.settings)/\(id)"
        #expect(await server.send(.patch, path, token: token, body: #"{"name":"m"}"#).status == 200)
        let restorations = "/platform/v1/settings/\(id)/restorations"
        let first = await post(server, token, key: "b", to: restorations, #"{"version":1}"#)
        #expect(first.status == 200)
        #expect(await server.send(.patch, path, token: token, body: #"{"name":"o"}"#).status == 200)
        let second = await post(server, token, key: "b", to: restorations, #"{"version":1}"#)
        #expect((second.status, second.body) == (200, first.body))
    }

    @Test func aResponseNoLongerInTheHistoryIs409AndNamesItsObject() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let id = try await post(server, token, key: "k").decoded(MessagingSetting.self).id
        let path = "\(Self.settings)/\(id)"
        for name in ["m", "o"] {
            #expect(await server.send(.patch, path, token: token, body: #"{"name":"\#(name)"}"#).status == 200)
        }
        _ = try await server.store.dropChanges(
            of: server.organization,
            HistoryCut(keeping: 1, since: .distantPast),
            limit: 99
        )
        let gone = await post(server, token, key: "k")
        #expect((gone.status, gone.code) == (409, "idempotency.response.gone"))
        #expect(gone.json?["messageParams"] == ["kind": "settings", "id": .string(id)])
        #expect(await post(server, token, key: "k", #"{"name":"other"}"#).status == 422)
        #expect(await total(server, token) == 1)
    }

    @Test func aKeyIsNeitherInTheSnapshotNorInTheHistory() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let before = try #require(try await server.store.load(server.organization))
        for number in 0..<20 { #expect(await post(server, token, key: "\(number)").status == 200) }
        let after = try #require(try await server.store.load(server.organization))
        #expect(after.records.count == before.records.count + 20)
        let changes = try #require(
            try await server.store.changes(of: server.organization, after: before.revision, limit: 99)
        )
        #expect(changes.map(\.kind) == Array(repeating: .messagingSetting, count: 20))
    }

    @Test(arguments: ["", "a b", "é", String(repeating: "k", count: 256)])
    func otherKeysAreRefused(_ key: String) async throws {
        let server = try await TestServer()
        #expect(await post(server, try await server.token(), key: key).status == 400)
    }
}

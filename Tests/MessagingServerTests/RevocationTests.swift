import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

/// `POST /oauth/revoke` (RFC 7009).
@Suite struct RevocationTests {
    private static let path = "/oauth/revoke"

    private func isAlive(_ token: String, _ server: TestServer) async -> Bool {
        await server.send(.get, "/api/v2/users/me", token: token).status == 200
    }

    @Test func aClientRevokesItsTokensOneByOne() async throws {
        let server = try await TestServer()
        let (id, secret) = (server.client.client.id, server.client.secret)
        let (first, second, third) = (try await server.token(), try await server.token(), try await server.token())
        let basic = await server.post("token=\(first)", to: Self.path, basic: (id, secret))
        #expect((basic.status, basic.body) == (200, nil))
        #expect(basic.fields[.contentType] == nil)
        #expect(basic.fields[.cacheControl]?.contains("no-store") == true)
        #expect(await !isAlive(first, server))
        #expect(await isAlive(second, server))
        let form = "token=\(second)&token_type_hint=refresh_token&client_id=\(id)&client_secret=\(secret)"
        #expect(await server.post(form, to: Self.path).status == 200)
        #expect(await !isAlive(second, server))
        #expect(await isAlive(third, server))
    }

    @Test func anInvalidTokenCountsAsRevoked() async throws {
        let server = try await TestServer()
        let right = (server.client.client.id, server.client.secret)
        let (revoked, unknown) = (try await server.token(), String(try await server.token().reversed()))
        #expect(await server.post("token=\(revoked)", to: Self.path, basic: right).status == 200)
        let revision = try await server.organizations.snapshot(of: server.organization)?.revision
        for token in [revoked, unknown, "garbage", "%C3%BC", "%00", String(repeating: "x", count: 8_000)] {
            let answer = await server.post("token=\(token)", to: Self.path, basic: right)
            #expect((answer.status, answer.body) == (200, nil), "\(token)")
        }
        #expect(try await server.organizations.snapshot(of: server.organization)?.revision == revision)
    }

    /// The clock may be wrong, and a token that seems to have expired be good again later.
    @Test func anExpiredTokenIsRevokedForGood() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock)
        let (token, right) = (try await server.token(), (server.client.client.id, server.client.secret))
        clock.advance(by: 3_600)
        #expect(await !isAlive(token, server))
        #expect(await server.post("token=\(token)", to: Self.path, basic: right).status == 200)
        clock.advance(by: -3_600)
        #expect(await !isAlive(token, server))
    }

    @Test func aTokenOfAnotherClientStays() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let (neighbour, stranger) = (ClientRegistration(name: "same"), ClientRegistration(name: "another"))
        try await server.organizations.register(neighbour, in: server.organization, by: .test)
        _ = try await server.organizations.create(name: "Another", with: stranger, by: .test)
        for client in [neighbour, stranger] {
            let answer = await server.post("token=\(token)", to: Self.path, basic: (client.client.id, client.secret))
            #expect((answer.status, answer.json?["error"]) == (400, "invalid_grant"))
            #expect(await isAlive(token, server))
        }
    }

    @Test(arguments: [
        ("token=TOKEN", 401, "invalid_client"), ("token=TOKEN&client_id=ID&client_secret=wrong", 401, "invalid_client"),
        ("token=TOKEN&client_id=nobody&client_secret=SECRET", 401, "invalid_client"),
        ("client_id=ID&client_secret=SECRET", 400, "invalid_request"),
        ("token=&client_id=ID&client_secret=SECRET", 400, "invalid_request"),
        ("token=TOKEN&token=TOKEN&client_id=ID&client_secret=SECRET", 400, "invalid_request"),
        ("token=%zz&client_id=ID&client_secret=SECRET", 400, "invalid_request"),
    ])
    func revocationsAreRefusedInTheOAuthForm(_ form: String, _ status: Int, _ error: String) async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let filled = form.replacing("TOKEN", with: token).replacing("ID", with: server.client.client.id)
            .replacing("SECRET", with: server.client.secret)
        let answer = await server.post(filled, to: Self.path)
        #expect((answer.status.code, answer.json?["error"]?.string) == (status, error))
        #expect(answer.json?["error_description"] == answer.json?["description"])
        #expect(answer.fields[.wwwAuthenticate] == (status == 401 ? #"Basic realm="messaging""# : nil))
        #expect(await isAlive(token, server))
    }

    /// A read-only client revokes its own tokens repeatedly. That takes no requests from others.
    @Test func manyRevocationsTakeNoRoomAndDropNothing() async throws {
        let server = try await TestServer()
        let (owner, leaked) = (try await server.token(), try await server.token())
        let reader = ClientRegistration(name: "reader", permissions: [], scopes: ["messaging:readonly"])
        try await server.organizations.register(reader, in: server.organization, by: .test)
        let before = try #require(try await server.store.load(server.organization))
        let changes = await server.send(.get, "/platform/v1/changes", token: owner).json
        for _ in 0..<1_100 {
            let token = try await server.token(of: reader)
            #expect(await server.send(.delete, "/api/v2/tokens/me", token: token).status == 204)
        }
        try await server.organizations.sweepHistory(
            HistoryLimits(changes: try #require(changes?["total"]?.number?.int), minimumDays: 0)
        )
        let left = await server.send(.get, "/platform/v1/changes", token: owner).json
        #expect(left?["entities"] == changes?["entities"] && left?["total"] == changes?["total"])
        let after = try #require(try await server.store.load(server.organization))
        #expect(after.revision == before.revision + 1_100)
        #expect(Set(after.records) == Set(before.records))
        #expect(await server.send(.delete, "/api/v2/tokens/me", token: leaked).status == 204)
        #expect(await !isAlive(leaked, server))
        #expect(await isAlive(owner, server))
    }
}

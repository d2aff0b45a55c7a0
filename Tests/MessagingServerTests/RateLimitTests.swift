import HTTPTypes
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

@Suite struct RateLimitTests {
    @Test func aTokenOverItsRateGets429() async throws {
        let server = try await TestServer { $0.rateLimits = RateLimits(token: 3) }
        let token = try await server.token()
        for count in 1...3 {
            let answer = await server.send(.get, "/api/v2/users/me", token: token)
            #expect(answer.status == 200)
            #expect(answer.fields[.named("inin-ratelimit-count")] == "\(count)")
            #expect(answer.fields[.named("inin-ratelimit-allowed")] == "3")
            #expect((1...60).contains(Int(answer.fields[.named("inin-ratelimit-reset")] ?? "") ?? 0))
        }
        let refused = await server.send(.get, "/api/v2/users/me", token: token)
        #expect((refused.status, refused.code) == (429, "too.many.requests.retry.after"))
        let seconds = try #require(refused.fields[.retryAfter].flatMap(Int.init))
        #expect((1...60).contains(seconds))
        #expect(
            refused.json?["message"]?.string
                == "Rate limit exceeded the maximum. Retry the request in [\(seconds)] seconds"
        )
        #expect(await server.send(.get, "/api/v2/users/me", token: try await server.token()).status == 200)
        #expect(await server.send(.get, "/health/live").status == 200)
    }

    @Test func aClientRequestingTooManyTokensGets429() async throws {
        let server = try await TestServer { $0.rateLimits = RateLimits(token: 3) }
        let basic = (id: server.client.client.id, secret: server.client.secret)
        for _ in 1...3 {
            #expect(await server.post("grant_type=client_credentials", basic: basic).status == 200)
        }
        let refused = await server.post("grant_type=client_credentials", basic: basic)
        #expect(refused.status == 429)
        #expect((1...60).contains(refused.fields[.retryAfter].flatMap(Int.init) ?? 0))
        #expect(refused.json?["error"]?.string == "invalid_request")
        #expect(refused.json?["description"]?.string?.hasPrefix("rate limit exceeded; ") == true)
        let other = ClientRegistration(name: "other")
        try await server.organizations.register(other, in: server.organization, by: .test)
        let own = (id: other.client.id, secret: other.secret)
        #expect(await server.post("grant_type=client_credentials", basic: own).status == 200)
    }

    @Test(arguments: Way.allCases) func aWindowEndsAfterAMinute(_ way: Way) async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, way: way) { $0.rateLimits = RateLimits(token: 2) }
        let basic = (id: server.client.client.id, secret: server.client.secret)
        let token = try await server.token()
        func statuses() async -> [Int] {
            var statuses: [Int] = []
            for _ in 1...3 { statuses.append(await server.send(.get, "/api/v2/users/me", token: token).status.code) }
            for _ in 1...3 {
                statuses.append(await server.post("grant_type=client_credentials", basic: basic).status.code)
            }
            return statuses
        }
        #expect(await statuses() == [200, 200, 429, 200, 200, 429])
        clock.advance(by: 58.5)
        #expect(await server.send(.get, "/api/v2/users/me", token: token).fields[.retryAfter] == "2")
        #expect(await statuses() == [429, 429, 429, 429, 429, 429])
        clock.advance(by: 2)
        #expect(await statuses() == [200, 200, 429, 200, 200, 429])
    }

    /// A server with these limits, and the response to a read with a token.
    private static func server(_ way: Way, _ limits: RateLimits) async throws -> (
        TestServer, (String) async -> OutgoingResponse
    ) {
        let server = try await TestServer(way: way) { $0.rateLimits = limits }
        return (server, { await server.send(.get, "/api/v2/users/me", token: $0) })
    }

    private static func tokens(_ count: Int, _ server: TestServer, of client: ClientRegistration) async throws
        -> [String]
    {
        var tokens: [String] = []
        for _ in 0..<count { tokens.append(try await server.token(of: client)) }
        return tokens
    }

    private static func register(_ server: TestServer, in organization: String? = nil) async throws
        -> ClientRegistration
    {
        let client = ClientRegistration(name: "other")
        try await server.organizations.register(client, in: organization ?? server.organization, by: .test)
        return client
    }

    @Test(arguments: Way.allCases) func aClientIsLimitedOverAllItsTokens(_ way: Way) async throws {
        let (server, read) = try await Self.server(way, RateLimits(token: 3, client: 5))
        let tokens = try await Self.tokens(3, server, of: server.client)
        for token in [0, 0, 0, 1, 1] { #expect(await read(tokens[token]).status == 200) }
        for token in [1, 2] {
            let refused = await read(tokens[token])
            #expect((refused.status, refused.code) == (429, "too.many.requests.retry.after"))
            let seconds = try #require(refused.fields[.retryAfter].flatMap(Int.init))
            #expect((1...60).contains(seconds))
            let message = "Rate limit of the client, all its tokens together, exceeded the maximum. "
            #expect(refused.json?["message"]?.string == message + "Retry the request in [\(seconds)] seconds")
            #expect(refused.fields[.named("inin-ratelimit-count")] == (token == 1 ? "2" : "0"))
            #expect(refused.fields[.named("inin-ratelimit-allowed")] == "3")
        }
        #expect(await read(try await server.token(of: Self.register(server))).status == 200)
    }

    @Test(arguments: Way.allCases) func anOrganizationIsLimitedOverAllItsClients(_ way: Way) async throws {
        let (server, read) = try await Self.server(way, RateLimits(token: 3, client: 3, organization: 4))
        let (first, second) = (try await server.token(), try await server.token(of: Self.register(server)))
        for token in [first, first, first, second] { #expect(await read(token).status == 200) }
        let refused = await read(second)
        #expect(refused.status == 429)
        let message = refused.json?["message"]?.string ?? ""
        #expect(message.hasPrefix("Rate limit of the organization, all its clients together, exceeded the maximum."))
        let other = ClientRegistration(name: "elsewhere")
        _ = try await server.organizations.create(name: "Other", with: other, by: .test)
        #expect(await read(try await server.token(of: other)).status == 200)
    }

    /// As on a connection from a proxy.
    @Test(arguments: Way.allCases) func tokensThatTakeTurnsHaveCountsOfTheirOwn(_ way: Way) async throws {
        let (server, read) = try await Self.server(way, RateLimits(token: 3))
        let other = ClientRegistration(name: "elsewhere")
        _ = try await server.organizations.create(name: "Other", with: other, by: .test)
        let tokens = try await Self.tokens(2, server, of: server.client) + [try await server.token(of: other)]
        for count in 1...5 {
            for token in tokens {
                let answer = await read(token)
                #expect(answer.status == (count <= 3 ? 200 : 429))
                #expect(answer.fields[.named("inin-ratelimit-count")] == "\(count)")
            }
        }
    }

    @Test(arguments: Way.allCases) func aRefusedRequestTakesNothingFromOthers(_ way: Way) async throws {
        let (server, read) = try await Self.server(way, RateLimits(token: 2, client: 4, organization: 6))
        let tokens = try await Self.tokens(3, server, of: server.client)
        for count in 1...20 { #expect(await read(tokens[0]).status == (count <= 2 ? 200 : 429)) }
        for count in 1...20 { #expect(await read(tokens[1]).status == (count <= 2 ? 200 : 429)) }
        for _ in 1...20 { #expect(await read(tokens[2]).status == 429) }
        let other = try await server.token(of: Self.register(server))
        #expect(await read(other).status == 200)
        #expect(await read(other).status == 200)
    }

    @Test(arguments: Way.allCases) func aWindowRemembersNoMoreTokensThanRequestsPass(_ way: Way) async throws {
        let (server, read) = try await Self.server(way, RateLimits(token: 2, client: 8, organization: 12))
        for client in [server.client, try await Self.register(server)] {
            for token in try await Self.tokens(20, server, of: client) { _ = await read(token) }
        }
        #expect(server.responder.rateLimiter.tokens == 12)
    }

    @Test func missingLimitsAreTenTimesTheNextLowerOnes() {
        #expect((RateLimits().token, RateLimits().client, RateLimits().organization) == (300, 3_000, 30_000))
        #expect((RateLimits(token: 7).client, RateLimits(token: 7).organization) == (3_000, 30_000))
        #expect((RateLimits(token: 1_000).client, RateLimits(token: 1_000).organization) == (10_000, 100_000))
        #expect((RateLimits(client: 9).client, RateLimits(client: 9).organization) == (9, 30_000))
        let off = RateLimits(token: RateLimits.most)
        #expect((off.client, off.organization) == (RateLimits.most, RateLimits.most))
    }

    @Test func theTokensOfAllClientsOfAnOrganizationAreLimited() async throws {
        let server = try await TestServer { $0.rateLimits = RateLimits(token: 2, client: 3) }
        let clients = [server.client, try await Self.register(server)]
        var answers: [OutgoingResponse] = []
        for client in [0, 0, 0, 1, 1, 0] {
            let basic = (id: clients[client].client.id, secret: clients[client].secret)
            answers.append(await server.post("grant_type=client_credentials", basic: basic))
        }
        #expect(answers.map(\.status.code) == [200, 200, 429, 200, 429, 429])
        let descriptions = answers.map { $0.json?["error_description"]?.string ?? "" }
        #expect(descriptions[2].hasPrefix("rate limit exceeded; the client requested"))
        #expect(descriptions[4].hasPrefix("rate limit exceeded; the clients of the organization together requested"))
        #expect((1...60).contains(answers[4].fields[.retryAfter].flatMap(Int.init) ?? 0))
        let other = ClientRegistration(name: "elsewhere")
        _ = try await server.organizations.create(name: "Other", with: other, by: .test)
        let elsewhere = (id: other.client.id, secret: other.secret)
        #expect(await server.post("grant_type=client_credentials", basic: elsewhere).status == 200)
    }

    /// Neither the requests of a leaked token nor those of other clients use up its revocation.
    @Test func revocationsHaveALimitOfTheirOwn() async throws {
        let server = try await TestServer { $0.rateLimits = RateLimits(token: 2, client: 3, organization: 4) }
        let clients = [server.client, try await Self.register(server)]
        let leaked = try await server.token()
        for _ in 0..<9 { _ = await server.send(.get, "/api/v2/users/me", token: leaked) }
        var statuses: [Int] = []
        for client in [0, 0, 0, 0, 1, 1] {
            let basic = (id: clients[client].client.id, secret: clients[client].secret)
            statuses.append(await server.post("token=\(leaked)", to: "/oauth/revoke", basic: basic).status.code)
        }
        #expect(statuses == [200, 200, 200, 429, 200, 200])
        #expect(await server.send(.get, "/api/v2/users/me", token: leaked).status == 401)
    }

    @Test func readinessReportsDraining() async throws {
        let server = try await TestServer()
        #expect(await server.send(.get, "/health/ready").json?["status"] == "ready")
        server.load.drain()
        let answer = await server.send(.get, "/health/ready")
        #expect((answer.status, answer.json?["status"]) == (503, "draining"))
        #expect(await server.send(.get, "/health/live").status == 200)
    }
}

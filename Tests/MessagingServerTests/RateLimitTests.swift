import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@Suite struct RateLimitTests {
    @Test func aTokenThatAsksTooMuchIsTold() async throws {
        let server = try await TestServer { $0.requestsPerMinute = 3 }
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

    @Test func aClientThatAsksForTooManyTokensIsTold() async throws {
        let server = try await TestServer { $0.requestsPerMinute = 3 }
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

    @Test func healthTellsWhenTheServerDrains() async throws {
        let server = try await TestServer()
        #expect(await server.send(.get, "/health/ready").json?["status"] == "ready")
        server.readiness.drain()
        let answer = await server.send(.get, "/health/ready")
        #expect((answer.status, answer.json?["status"]) == (503, "draining"))
        #expect(await server.send(.get, "/health/live").status == 200)
    }
}

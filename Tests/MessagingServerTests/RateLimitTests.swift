import HTTPTypes
import MessagingContract
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

    @Test func healthTellsWhenTheServerDrains() async throws {
        let server = try await TestServer()
        #expect(await server.send(.get, "/health/ready").json?["status"] == "ready")
        server.readiness.drain()
        let answer = await server.send(.get, "/health/ready")
        #expect((answer.status, answer.json?["status"]) == (503, "draining"))
        #expect(await server.send(.get, "/health/live").status == 200)
    }
}

import MessagingContract
import MessagingServer
import Testing

extension Edge {
    /// Limits on the clock of the event loops; ``ConnectionTimeTests`` state how long each one is. In each test one limit is short and the
    /// others are long, so even a slow machine exceeds no other limit first.
    @Suite struct DeadlineTests {
        @Test func aSilentConnectionIsClosedWithoutAResponse() async throws {
            try await ListeningServer.run(.with { $0.head = .milliseconds(100) }) { server in
                let client = try await server.connect()
                #expect(await client.rest() == "")
            }
        }

        @Test func aStalledBodyIsRefused() async throws {
            try await ListeningServer.run(.with { $0.request = .milliseconds(200) }) { server in
                let client = try await server.connect()
                let answer = try await client.ask(
                    "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 100\r\n\r\nx"
                )
                await expectOAuthRefusal(answer, 408, from: client)
            }
        }

        @Test func aClientThatDoesNotReadIsDisconnected() async throws {
            let limit = Duration.milliseconds(300)
            try await ListeningServer.run(.with { $0.answer = limit }) { server in
                let token = try await server.server.token()
                let types = (0..<1_000).map { MediaType(type: "image/\($0)" + String(repeating: "x", count: 100)) }
                let made = try await server.server.call(
                    SupportedContentEndpoints.current.resource.create,
                    NoParameters(),
                    SupportedContentRequest(name: "n", mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: types))),
                    token: token
                )
                let id = try #require(made.json?["id"]?.string)
                let request =
                    "GET /api/v2/messaging/supportedcontent/\(id) HTTP/1.1\r\nHost: test\r\n"
                    + "Authorization: Bearer \(token)\r\n\r\n"
                let reader = try await server.connect(reading: false)
                try await server.waitForConnections(1)
                let start = ContinuousClock.now
                reader.push(String(repeating: request, count: 100))
                try await server.waitForConnections(0)
                #expect(ContinuousClock.now - start >= limit)
            }
        }
    }
}

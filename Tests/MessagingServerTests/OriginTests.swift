import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

@Suite struct OriginTests {
    private static let page = "https://console.example.com"
    private static let path = "/api/v2/conversations/messaging/settings"

    private func preflight(_ server: TestServer, from origin: String) async -> OutgoingResponse {
        let fields: HTTPFields = [.origin: origin, .accessControlRequestMethod: "POST"]
        return await server.send(.options, Self.path, fields: fields)
    }

    @Test func aPageOfAConfiguredOriginMaySendAndRead() async throws {
        let server = try await TestServer { $0.origins = [Self.page] }
        let asked = await preflight(server, from: Self.page)
        #expect(asked.status == 204)
        #expect(asked.fields[.accessControlAllowOrigin] == Self.page)
        #expect(asked.fields[.accessControlAllowMethods] == "GET, HEAD, POST")
        #expect(asked.fields[.accessControlAllowHeaders]?.contains("Authorization") == true)
        #expect(asked.fields[.vary] == "Origin")
        for (token, status) in [(try await server.token(), 200), ("garbage", 401)] {
            let answer = await server.send(.get, Self.path, token: token, fields: [.origin: Self.page])
            #expect(answer.status.code == status)
            #expect(answer.fields[.accessControlAllowOrigin] == Self.page)
            for name in ["ININ-Correlation-Id", "inin-ratelimit-reset", "ETag", "Retry-After"] {
                #expect(answer.fields[.accessControlExposeHeaders]?.contains(name) == true)
            }
        }
    }

    @Test(arguments: [
        "https://other.example.com", "http://console.example.com", "https://console.example.com:444", "null",
        "https://console.example.com.evil.example", "HTTPS://CONSOLE.EXAMPLE.COM",
    ])
    func otherOriginsGetNoHeaderFields(_ origin: String) async throws {
        let server = try await TestServer { $0.origins = [Self.page] }
        for answer in [
            await preflight(server, from: origin), await server.send(.get, Self.path, fields: [.origin: origin]),
        ] {
            #expect(answer.fields[.accessControlAllowOrigin] == nil)
            #expect(answer.fields[.accessControlAllowMethods] == nil)
            #expect(answer.fields[.vary] == "Origin")
        }
    }

    @Test func withoutConfigurationNoOriginGetsHeaderFields() async throws {
        let server = try await TestServer()
        let answer = await preflight(server, from: Self.page)
        #expect(answer.status == 204)
        #expect(answer.fields[.allow] == "GET, HEAD, POST, OPTIONS")
        #expect(!answer.fields.contains { $0.name.canonicalName.hasPrefix("access-control") || $0.name == .vary })
    }
}

import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

/// `GET /.well-known/oauth-authorization-server` (RFC 8414).
@Suite struct MetadataTests {
    private static let path = "/.well-known/oauth-authorization-server"

    @Test func theMetadataMatchTheServer() async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, Self.path, host: "messaging.example:8080")
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "application/json")
        #expect(
            answer.json == [
                "issuer": "http://messaging.example:8080",
                "token_endpoint": "http://messaging.example:8080/oauth/token",
                "revocation_endpoint": "http://messaging.example:8080/oauth/revoke",
                "service_documentation": "http://messaging.example:8080/docs",
                "grant_types_supported": ["client_credentials"], "response_types_supported": [],
                "scopes_supported": ["messaging", "messaging:readonly"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            ]
        )
    }

    @Test(arguments: ["localhost", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:443", "a_b.example", "EXAMPLE:65535"])
    func aHostIsRepeated(_ host: String) async throws {
        let answer = try await TestServer().send(.get, Self.path, host: host)
        #expect(answer.json?["issuer"]?.string == "http://\(host)")
    }

    @Test(arguments: [
        nil, "", ":80", "a:", "a:0", "a:65536", "a:8o", "a:1:2", "user@a", "a/b", "a?b", "a#b", "a b", "a\"b", "<b>",
        "%41",
        "a,b", "\u{212A}", "a\u{301}", "é", "[", "[]", "[::1", "::1", "[::1]x", String(repeating: "a", count: 256),
    ])
    func anInvalidHostIsNotRepeated(_ host: String?) async throws {
        let answer = try await TestServer().send(.get, Self.path, host: host)
        #expect((answer.status, answer.code) == (400, "bad.request"))
    }

    @Test func anAbsoluteTargetWinsOverTheHost() async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, "https://front.example\(Self.path)", host: "back.example")
        #expect(answer.json?["issuer"] == "https://front.example")
        #expect(await server.send(.get, "http://us@er\(Self.path)", host: "back.example").status == 400)
    }

    @Test func aPublicURLWinsOverTheRequest() async throws {
        let server = try await TestServer { $0.publicURL = BaseURL("https://messaging.example/") }
        for host in ["evil.example", "<b>", nil] {
            let answer = await server.send(.get, Self.path, host: host)
            #expect(answer.json?["issuer"] == "https://messaging.example")
            #expect(answer.json?["token_endpoint"] == "https://messaging.example/oauth/token")
        }
    }

    @Test(arguments: [
        "", "messaging.example", "ftp://messaging.example", "https://", "https://a/b", "https://a?b", "https://a//",
        "https://a#b", "https://user@a", "//a",
    ])
    func aPublicURLIsASchemeAndAnAuthority(_ text: String) {
        #expect(BaseURL(text) == nil)
    }
}

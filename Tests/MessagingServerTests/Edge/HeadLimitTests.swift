import MessagingServer
import Testing

extension Edge {
    @Suite struct HeadLimitTests {
        private static let line = "GET /health/live HTTP/1.1\r\nHost: test\r\n"

        private static func head(of size: Int) -> String {
            let frame = "\(line)X: \r\n\r\n"
            return "\(line)X: \(String(repeating: "x", count: size - frame.utf8.count))\r\n\r\n"
        }

        @Test func aHeadHas16KiBAtMost() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                #expect(try await client.ask(Self.head(of: 16_384)).status == 200)
                let answer = try await client.ask(Self.head(of: 16_385))
                await expectRefusal(answer, 431, "request.header.fields.too.large", from: client)
            }
        }

        @Test func aHeadIsRefusedBeforeItsEnd() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(Self.line + "X: " + String(repeating: " ", count: 16_384))
                await expectRefusal(answer, 431, "request.header.fields.too.large", from: client)
            }
        }

        @Test func aHeadHas100FieldsAtMost() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let fields = { (count: Int) in String(repeating: "A: b\r\n", count: count - 1) + "\r\n" }
                #expect(try await client.ask(Self.line + fields(100)).status == 200)
                let answer = try await client.ask(Self.line + fields(101))
                await expectRefusal(answer, 431, "request.header.fields.too.large", from: client)
            }
        }

        @Test func trailersCountAsFields() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(
                    "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\(String(repeating: "A: b\r\n", count: 101))\r\n"
                )
                await expectOAuthRefusal(answer, 431, from: client)
            }
        }

        @Test func aTargetHas8KiBAtMost() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let target = { (size: Int) in "/health/live?" + String(repeating: "x", count: size - 13) }
                #expect(try await client.ask("GET \(target(8_192)) HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
                let answer = try await client.ask("GET \(target(8_193)) HTTP/1.1\r\nHost: test\r\n\r\n")
                await expectRefusal(answer, 414, "uri.too.long", from: client)
            }
        }

        @Test func anEndlessTargetIsRefused() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask("GET /" + String(repeating: "x", count: 100_000))
                await expectRefusal(answer, 414, "uri.too.long", from: client)
            }
        }

        @Test(arguments: ["/oauth/token", "http://test/oauth/token"])
        func refusalsAtTheTokenEndpointHaveItsForm(_ target: String) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(
                    "POST \(target) HTTP/1.1\r\nHost: test\r\nX: \(String(repeating: "x", count: 17_000))\r\n\r\n"
                )
                await expectOAuthRefusal(answer, 431, from: client)
            }
        }

        @Test(arguments: ["/oauth/", "/%6Fauth/"])
        func aTargetAtTheTokenEndpointThatIsCutInAnEscapeIsRefusedInItsForm(_ start: String) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let target = start + String(repeating: "%41", count: 3_000)
                #expect((8_192 - start.utf8.count) % 3 != 0)
                let answer = try await client.ask("POST \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
                await expectOAuthRefusal(answer, 414, from: client)
            }
        }
    }
}

import MessagingServer
import Testing

extension Edge {
    @Suite struct HeadLimitTests {
        private static let line = "GET /health/live HTTP/1.1\r\nHost: test\r\n"

        @Test(arguments: Way.allCases) func aHeadHas16KiBAtMost(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let frame = try await server.read(way, "X: \r\n").utf8.count
                let head = { (size: Int) in
                    try await server.read(way, "X: \(String(repeating: "x", count: size - frame))\r\n")
                }
                #expect(try await client.ask(head(16_384)).status == 200)
                let answer = try await client.ask(head(16_385))
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

        @Test(arguments: Way.allCases) func aHeadHas100FieldsAtMost(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let others = way == .atOnce ? 2 : 1
                let fields = { (count: Int) in String(repeating: "A: b\r\n", count: count - others) }
                #expect(try await client.ask(server.read(way, fields(100))).status == 200)
                let answer = try await client.ask(server.read(way, fields(101)))
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

        @Test(arguments: Way.allCases) func aTargetHas8KiBAtMost(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let read = try await server.read(way)
                let path = read.split(separator: " ")[1]
                let request = { (size: Int) in
                    read.replacing(path, with: "\(path)?" + String(repeating: "x", count: size - path.utf8.count - 1))
                }
                #expect(try await client.ask(request(8_192)).status == 200)
                let answer = try await client.ask(request(8_193))
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

        @Test func aTargetAtTheTokenEndpointThatIsCutInAnEscapeIsRefusedInItsForm() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let start = "/oauth/"
                let target = start + String(repeating: "%41", count: 3_000)
                #expect((8_192 - start.utf8.count) % 3 != 0)
                let answer = try await client.ask("POST \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
                await expectOAuthRefusal(answer, 414, from: client)
            }
        }
    }
}

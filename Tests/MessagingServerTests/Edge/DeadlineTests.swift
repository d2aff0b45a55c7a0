import MessagingContract
import MessagingServer
import Testing

extension Edge {
    @Suite struct DeadlineTests {
        private static let post =
            "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        private let clock = ContinuousClock()

        /// Sends one byte after the other until there is an answer.
        private func dribble(_ text: String, to client: RawClient) async throws -> RawAnswer {
            for byte in text {
                if client.hasInput || client.isClosed { break }
                client.push(String(byte))
                try await clock.sleep(for: .milliseconds(5))
            }
            return try await client.answer()
        }

        @Test func aHeadThatDribblesIsCut() async throws {
            try await ListeningServer.run(.with { $0.head = .milliseconds(200) }) { server in
                let start = clock.now
                let client = try await server.connect()
                let answer = try await dribble("GET /\(String(repeating: "x", count: 5_000)) ", to: client)
                #expect(clock.now - start >= .milliseconds(190))
                await expectRefusal(answer, 408, "client.timeout", from: client)
            }
        }

        @Test func aHeadAtTheTokenEndpointIsCutInItsForm() async throws {
            try await ListeningServer.run(.with { $0.head = .milliseconds(500) }) { server in
                let client = try await server.connect()
                await expectOAuthRefusal(try await client.ask("POST /oauth/token HTTP/1.1\r\nHo"), 408, from: client)
            }
        }

        @Test func aSilentConnectionIsClosedWithoutAWord() async throws {
            try await ListeningServer.run(.with { $0.head = .milliseconds(100) }) { server in
                let client = try await server.connect()
                #expect(await client.rest() == "")
            }
        }

        @Test func theFirstHeadHasTimeFromTheOpeningOn() async throws {
            try await ListeningServer.run(.with { $0.head = .milliseconds(800) }) { server in
                let client = try await server.connect()
                let start = clock.now
                try await clock.sleep(for: .milliseconds(500))
                let answer = try await client.ask("G")
                #expect(clock.now - start < .milliseconds(1_250))
                await expectRefusal(answer, 408, "client.timeout", from: client)
            }
        }

        @Test func aLaterHeadHasTimeFromItsFirstByteOn() async throws {
            let limits = Limits.with {
                $0.head = .milliseconds(300)
                $0.idle = .seconds(20)
            }
            try await ListeningServer.run(limits) { server in
                let client = try await server.connect()
                #expect(try await client.ask(live).status == 200)
                try await clock.sleep(for: .milliseconds(400))
                #expect(try await client.ask(live).status == 200)
                try await client.send(live + "GET /oauth/token HT")
                #expect(try await client.answer().status == 200)
                await expectOAuthRefusal(try await client.answer(), 408, from: client)
            }
        }

        @Test(arguments: ["Content-Length: 10000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2000\r\n"])
        func aBodyThatDribblesIsCut(_ length: String) async throws {
            try await ListeningServer.run(.with { $0.request = .milliseconds(200) }) { server in
                let client = try await server.connect()
                try await client.send(Self.post + length)
                let answer = try await dribble(String(repeating: "x", count: 8_000), to: client)
                await expectOAuthRefusal(answer, 408, from: client)
            }
        }

        @Test func aBodyThatNobodyWantsIsCutWithoutASecondAnswer() async throws {
            try await ListeningServer.run(.with { $0.request = .milliseconds(200) }) { server in
                let client = try await server.connect()
                let answer = try await client.ask(
                    "POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nabc"
                )
                expectError(answer, 404, "not.found")
                #expect(await client.rest() == "")
            }
        }

        @Test func anIdleConnectionIsClosedWithoutAWord() async throws {
            try await ListeningServer.run(.with { $0.idle = .milliseconds(500) }) { server in
                let client = try await server.connect()
                for _ in 0..<3 {
                    try await clock.sleep(for: .milliseconds(50))
                    #expect(try await !client.ask(live).closes)
                }
                let start = clock.now
                #expect(await client.rest() == "")
                #expect(clock.now - start >= .milliseconds(450))
            }
        }

        @Test func aClientThatDoesNotReadIsCut() async throws {
            try await ListeningServer.run(.with { $0.answer = .milliseconds(300) }) { server in
                let token = try await server.server.token()
                let type = #"{"type":"image/\#(String(repeating: "x", count: 100))"},"#
                let types = String(repeating: type, count: 1_000).dropLast()
                let body = #"{"name":"n","mediaTypes":{"allow":{"inbound":[\#(types)]}}}"#
                let profiles = "/api/v2/messaging/supportedcontent"
                let fields = "HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n"
                let writer = try await server.connect()
                let made = try await writer.ask(
                    "POST \(profiles) \(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                let id = try #require(made.json?["id"]?.string)
                try await writer.close()
                let reader = try await server.connect(reading: false)
                reader.push(String(repeating: "GET \(profiles)/\(id) \(fields)\r\n", count: 100))
                try await server.waitForConnections(1)
                let start = clock.now
                try await server.waitForConnections(0)
                #expect(clock.now - start >= .milliseconds(200))
            }
        }
    }
}

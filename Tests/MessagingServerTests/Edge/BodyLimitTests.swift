import MessagingServer
import Testing

extension Edge {
    @Suite struct BodyLimitTests {
        private static let token =
            "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"

        private static func post(_ token: String, _ fields: String) -> String {
            "POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\(fields)\r\n"
        }

        @Test func aBodyOverTheLimitIsRefusedBeforeItIsSent() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                let answer = try await client.ask(Self.post(token, "Content-Length: \((1 << 20) + 1)\r\n"))
                await expectRefusal(answer, 413, "request.entity.too.large", from: client)
            }
        }

        @Test func aBodyAtTheLimitIsAccepted() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                let body = #"{"name":"n","x":""# + String(repeating: "x", count: (1 << 20) - 19) + #""}"#
                #expect(try await client.ask(Self.post(token, "Content-Length: \(1 << 20)\r\n") + body).status == 200)
                let chunked = Self.post(token, "Transfer-Encoding: chunked\r\n") + "100000\r\n\(body)\r\n0\r\n\r\n"
                #expect(try await client.ask(chunked).status == 200)
                let more =
                    Self.post(token, "Transfer-Encoding: chunked\r\n") + "100000\r\n\(body)\r\n1\r\n \r\n0\r\n\r\n"
                let answer = try await client.ask(more)
                await expectRefusal(answer, 413, "request.entity.too.large", from: client)
            }
        }

        @Test func aFormOverTheLimitIsRefused() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(Self.token + "Content-Length: 16385\r\n\r\n")
                #expect(answer.status == 413)
                #expect(!answer.closes)
                try await client.send(String(repeating: "x", count: 16_385))
                try await client.send(Self.token + "Transfer-Encoding: chunked\r\n\r\n4001\r\n")
                try await client.send(String(repeating: "x", count: 0x4001))
                await expectOAuthRefusal(try await client.answer(), 413, from: client)
            }
        }

        @Test func aSmallUnreadBodyIsDropped() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let request = "POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 65536\r\n\r\n"
                let answer = try await client.ask(request)
                expectError(answer, 404, "not.found")
                #expect(!answer.closes)
                #expect(try await client.ask(String(repeating: "x", count: 65_536) + live).status == 200)
            }
        }

        @Test(arguments: ["Content-Length: 65537", "Transfer-Encoding: chunked"])
        func aLargeUnreadBodyEndsTheConnection(_ length: String) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask("POST /nothing HTTP/1.1\r\nHost: test\r\n\(length)\r\n\r\n")
                await expectRefusal(answer, 404, "not.found", from: client)
            }
        }

        @Test func anEndlessBodyIsCutAndTheResponseArrives() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                try await client.send("GET /health/live HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
                let answer = try await client.answer()
                #expect(answer.status == 200)
                #expect(answer.closes)
                let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
                var sent = 0
                while sent < 10_000, (try? await client.send(chunk)) != nil { sent += 1 }
                #expect(sent < 1_000)
                try await server.waitForConnections(0)
            }
        }

        @Test func aBodyFullOfEmptyLinesIsReadInTime() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                let body = String(repeating: "\r\n", count: 1 << 19)
                let answer = try await client.ask(
                    Self.post(token, "Transfer-Encoding: chunked\r\n") + "100000\r\n\(body)\r\n0\r\n\r\n" + live
                )
                expectError(answer, 400, "bad.request")
                #expect(try await client.answer().status == 200)
            }
        }

        @Test func aClientThatWaitsToSendItsBodyGets100() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                let fields = "Expect: 100-continue\r\nContent-Length: 12\r\n"
                #expect(try await client.ask(Self.post(token, fields)).status == 100)
                #expect(try await client.ask(#"{"name":"n"}"#).status == 200)
                let answer = try await client.ask(Self.post("wrong", fields))
                await expectRefusal(answer, 401, "bad.credentials", from: client)
            }
        }

        /// RFC 9110, 10.1.1 and 15.2: the expectation of such a request is ignored.
        @Test func aClientOfHTTP10GetsNoInterimResponse() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                let head = Self.post(token, "Expect: 100-continue\r\nContent-Length: 12\r\n")
                try await client.send(head.replacing("HTTP/1.1", with: "HTTP/1.0"))
                let answer = try await client.ask(#"{"name":"n"}"#)
                #expect(answer.status == 200)
                #expect(answer.closes)
            }
        }
    }
}

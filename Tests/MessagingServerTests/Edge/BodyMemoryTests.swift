import Testing

@testable import MessagingServer

extension Edge {
    /// The memory that the bodies of all connections may take together.
    @Suite struct BodyMemoryTests {
        private static func post(_ token: String, _ fields: String) -> String {
            "POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\(fields)\r\n"
        }

        private static func body(_ length: Int) -> String {
            #"{"name":"n","x":""# + String(repeating: "x", count: length - 19) + #""}"#
        }

        private static func waitForBodies(of bytes: Int, _ server: ListeningServer) async throws {
            while server.server.readiness.bodyBytes != bytes { try await Task.sleep(for: .milliseconds(2)) }
        }

        @Test(arguments: [
            "Content-Length: 50000\r\n", "Content-Length: 50000\r\nExpect: 100-continue\r\n",
        ])
        func aBodyForWhichThereIsNoMemoryIsRefusedBeforeItComes(_ fields: String) async throws {
            try await ListeningServer.run(.with { $0.bodyBytes = 100_000 }) { server in
                let token = try await server.server.token()
                let first = try await server.connect()
                let body = Self.body(90_000)
                try await first.send(Self.post(token, "Content-Length: 90000\r\n") + body.prefix(80_000))
                try await Self.waitForBodies(of: 80_000, server)
                let second = try await server.connect()
                let refusal = try await second.ask(Self.post(token, fields))
                expectError(refusal, 503, "service.unavailable")
                #expect(refusal.fields["retry-after"] == "1")
                #expect(server.server.readiness.refusedBodies == 1)
                try await first.send(String(body.dropFirst(80_000)))
                #expect(try await first.answer().status == 200)
                try await Self.waitForBodies(of: 0, server)
                let third = try await server.connect()
                let whole = Self.post(token, "Content-Length: 50000\r\n") + Self.body(50_000)
                #expect(try await third.ask(whole).status == 200)
            }
        }

        @Test func aBodyOfUnknownLengthIsRefusedWhenItExceedsTheMemory() async throws {
            try await ListeningServer.run(.with { $0.bodyBytes = 100_000 }) { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                try await client.send(Self.post(token, "Transfer-Encoding: chunked\r\n") + "20000\r\n")
                client.push(String(repeating: "x", count: 0x20000))
                await expectRefusal(try await client.answer(), 503, "service.unavailable", from: client)
                try await Self.waitForBodies(of: 0, server)
            }
        }

        @Test func theMemoryIsFreeAgainWhenTheClientGoes() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                try await client.send(Self.post(token, "Content-Length: 90000\r\n") + Self.body(80_000))
                try await Self.waitForBodies(of: 80_000, server)
                try await client.close()
                try await Self.waitForBodies(of: 0, server)
            }
        }
    }
}

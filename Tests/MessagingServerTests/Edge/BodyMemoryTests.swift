import MessagingContract
import MessagingCore
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
            try await wait(until: { server.server.load.bodies.bytes == bytes })
        }

        @Test(arguments: [
            "Content-Length: 50000\r\n", "Content-Length: 50000\r\nExpect: 100-continue\r\n",
        ])
        func aBodyWithoutMemoryIsRefusedBeforeItIsSent(_ fields: String) async throws {
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
                #expect(server.server.load.bodies.refused == 1)
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

        @Test func aClientHasAShareOfTheMemoryAndOthersGoOn() async throws {
            try await ListeningServer.run(.with { $0.bodyBytes = 8 << 20 }) { server in
                let token = try await server.server.token()
                let first = try await server.connect()
                try await first.send(Self.post(token, "Content-Length: 1000000\r\n") + Self.body(900_000))
                try await Self.waitForBodies(of: 900_000, server)
                let second = try await server.connect()
                let refusal = try await second.ask(Self.post(token, "Content-Length: 200000\r\n"))
                expectError(refusal, 503, "service.unavailable")
                #expect(refusal.fields["retry-after"] == "1")
                #expect(refusal.json?["message"]?.string?.contains("their share of memory") == true)
                let other = try await server.server.token(permissions: ["messaging:setting:add"])
                let third = try await server.connect()
                let whole = Self.post(other, "Content-Length: 200000\r\n") + Self.body(200_000)
                #expect(try await third.ask(whole).status == 200)
            }
        }

        @Test func tokensAreIssuedAndRevokedWhenBodiesTakeAllMemory() async throws {
            try await ListeningServer.run(.with { $0.bodyBytes = 100_000 }) { server in
                let client = server.server.client
                let token = try await server.server.token()
                let first = try await server.connect()
                try await first.send(Self.post(token, "Content-Length: 100000\r\n") + Self.body(99_999))
                try await Self.waitForBodies(of: 99_999, server)
                let second = try await server.connect()
                expectError(
                    try await second.ask(Self.post(token, "Content-Length: 50\r\n")),
                    503,
                    "service.unavailable"
                )
                let secret = "client_id=\(client.client.id)&client_secret=\(client.secret)"
                for (path, form) in [
                    ("token", "grant_type=client_credentials&\(secret)"), ("revoke", "token=\(token)&\(secret)"),
                ] {
                    let third = try await server.connect()
                    let head =
                        "POST /oauth/\(path) HTTP/1.1\r\nHost: test\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n"
                    #expect(try await third.ask(head + form).status == 200)
                }
            }
        }

        @Test func clientsOrganizationsAndAddressesHaveShares() {
            let accounts = BodyAccounts()
            let limits = Limits.with { ($0.bodyBytes, $0.formBytes) = (16 << 20, 8 << 20) }
            func take(_ bytes: Int, _ client: String, _ organization: String) -> BodyAccounts.Shortage? {
                accounts.take(bytes, of: .client(client, organization: organization), limits)
            }
            for number in 0..<4 { #expect(take(2 << 20, "a\(number)", "a") == nil) }
            #expect(take(1, "a4", "a") == .share)
            #expect(take(2 << 20, "b0", "b") == nil)
            #expect(take(1, "b0", "b") == .share)
            for number in 1..<4 { #expect(take(2 << 20, "b\(number)", "b") == nil) }
            #expect(take(1, "c", "c") == .all)
            for number in 0..<8 {
                #expect(accounts.take(1 << 20, of: .address(UInt128(number)), limits) == nil)
                #expect(accounts.take(1, of: .address(UInt128(number)), limits) == .share)
            }
            #expect(accounts.take(1, of: .address(8), limits) == .all)
            #expect(accounts.bytes == 24 << 20)
            #expect(accounts.refused == 12)
            accounts.release(2 << 20, of: .client("a0", organization: "a"))
            #expect(take(1, "a4", "a") == nil)
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

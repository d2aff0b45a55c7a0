import MessagingServer
import NIOCore
import Testing

extension Edge {
    @Suite struct SlowClientTests {
        /// What a client is slow with.
        private enum Slowness: CaseIterable {
            case head, body, reading
        }

        private static let form =
            "Host: test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\n"
        private static let document = "GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n"

        private static func connect(_ slowness: Slowness, to server: ListeningServer) async throws -> RawClient {
            let client = try await server.connect(reading: slowness != .reading)
            switch slowness {
            case .head: try await client.send("GET /")
            case .body: try await client.send("POST /oauth/token HTTP/1.1\r\n\(form)")
            case .reading: client.push(String(repeating: document, count: 100))
            }
            return client
        }

        @Test func aHundredSlowClientsHarmNoOther() async throws {
            try await ListeningServer.run { server in
                var slow: [(slowness: Slowness, client: RawClient)] = []
                for index in 0..<100 {
                    let slowness = Slowness.allCases[index % Slowness.allCases.count]
                    slow.append((slowness, try await Self.connect(slowness, to: server)))
                }
                let dribbling = slow.filter { $0.slowness != .reading }.map(\.client)
                let token = try await server.server.token()
                let request = "GET /api/v2/users/me HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\r\n"
                let client = try await server.connect()
                let clock = ContinuousClock()
                var times: [Duration] = []
                for round in 0..<500 {
                    for each in dribbling where round % 5 == 0 { each.push("x") }
                    let start = clock.now
                    #expect(try await client.ask(request).status == 200)
                    times.append(clock.now - start)
                }
                #expect(server.server.readiness.openConnections == 101)
                times.sort()
                print("beside 100 slow clients: p50 \(times[250]), p99 \(times[495]), worst \(times[499])")
                for each in slow { try await each.client.close() }
                try await client.close()
                try await server.waitForConnections(0)
            }
        }
    }
}

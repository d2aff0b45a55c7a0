import MessagingServer
import Testing

extension Edge {
    @Suite struct ConnectionLimitTests {
        @Test func aConnectionAboveTheLimitGets503() async throws {
            try await ListeningServer.run(.with { $0.connections = 3 }) { server in
                var clients: [RawClient] = []
                for _ in 0..<3 { clients.append(try await server.connect()) }
                for client in clients { #expect(try await client.ask(live).status == 200) }
                let fourth = try await server.connect()
                fourth.push(live)
                let answer = try await fourth.answer()
                #expect(answer.fields["retry-after"] == "1")
                await expectRefusal(answer, 503, "service.unavailable", from: fourth)
                try await clients[0].close()
                try await server.waitForConnections(2)
                #expect(try await server.connect().ask(live).status == 200)
                #expect(try await clients[1].ask(live).status == 200)
            }
        }

        @Test func aSilentClientAboveTheLimitGets503() async throws {
            try await ListeningServer.run(.with { $0.connections = 0 }) { server in
                let client = try await server.connect()
                await expectRefusal(try await client.answer(), 503, "service.unavailable", from: client)
            }
        }

        @Test func manyConnectionsAboveTheLimitAreClosed() async throws {
            let limits = Limits.with { ($0.connections, $0.refusals, $0.linger) = (2, 4, .seconds(5)) }
            try await ListeningServer.run(limits) { server in
                let served = [try await server.connect(), try await server.connect()]
                for client in served { #expect(try await client.ask(live).status == 200) }
                let others = try await withThrowingTaskGroup(of: RawClient.self) { group in
                    for _ in 0..<200 { group.addTask { try await server.connect() } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for client in others {
                    let text = await client.rest()
                    #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 503 "))
                }
                #expect(server.server.load.openConnections == 2)
                for client in served { #expect(try await client.ask(live).status == 200) }
            }
        }
    }
}

import MessagingServer
import ServiceLifecycle
import Testing

extension Edge {
    @Suite struct StoppingTests {
        @Test func idleConnectionsCloseAndBegunRequestsComplete() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let idle = try await server.connect()
                #expect(try await idle.ask(live).status == 200)
                let busy = try await server.connect()
                let fields = "Authorization: Bearer \(token)\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n"
                #expect(
                    try await busy.ask("POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\n\(fields)").status
                        == 100
                )
                await server.group.triggerGracefulShutdown()
                #expect(await idle.rest() == "")
                let answer = try await busy.ask(#"{"name":"n"}"#)
                #expect(answer.status == 200)
                #expect(answer.closes)
                #expect(await busy.rest() == "")
            }
        }

        @Test func responsesCloseConnectionsWhileDraining() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                #expect(try await !client.ask(live).closes)
                server.server.load.drain()
                try await client.send(live + live)
                #expect(try await !client.answer().closes)
                #expect(try await client.answer().closes)
                #expect(await client.rest() == "")
            }
        }
    }
}

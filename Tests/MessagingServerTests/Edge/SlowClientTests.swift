import MessagingServer
import NIOCore
import Testing

extension Edge {
    @Suite struct SlowClientTests {
        @Test func aHundredSlowClientsHarmNoOther() async throws {
            let limits = Limits.with {
                $0.head = .seconds(2)
                $0.request = .seconds(2)
            }
            try await ListeningServer.run(limits) { server in
                var slow: [RawClient] = []
                for index in 0..<100 {
                    let client = try await server.connect()
                    try await client.send(
                        index % 2 == 0
                            ? "GET /"
                            : "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\n"
                    )
                    slow.append(client)
                }
                let token = try await server.server.token()
                let request = "GET /api/v2/users/me HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\r\n"
                let client = try await server.connect()
                let clock = ContinuousClock()
                var times: [Duration] = []
                for round in 0..<500 {
                    for victim in slow where victim.channel.isActive && round % 5 == 0 { victim.push("x") }
                    let start = clock.now
                    #expect(try await client.ask(request).status == 200)
                    times.append(clock.now - start)
                }
                times.sort()
                print("beside 100 slow clients: p50 \(times[250]), p99 \(times[495]), worst \(times[499])")
                #expect(times[495] < .milliseconds(500))
                for client in slow { #expect(try await client.answer().status == 408) }
            }
        }
    }
}

import NIOCore
import NIOPosix
import Testing

@testable import MessagingServer

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

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

        /// A client of a server whose only thread is its event loop, and the cost of the client's requests there.
        private struct Reader {
            let client: RawClient
            let request: String
            let loop: any EventLoop
            let workBefore: Double
            var shortest = Duration.seconds(3_600)

            init(_ server: ListeningServer, _ loop: any EventLoop) async throws {
                self.loop = loop
                client = try await server.connect()
                request = try await server.read(.atOnce)
                #expect(try await client.ask(request).status == 200)
                workBefore = try await Self.processorTime(of: loop)
            }

            mutating func ask() async throws {
                let start = ContinuousClock.now
                #expect(try await client.ask(request).status == 200)
                shortest = min(shortest, ContinuousClock.now - start)
            }

            /// Returns the seconds that the thread of the server has worked since the first request.
            func work() async throws -> Double { try await Self.processorTime(of: loop) - workBefore }

            private static func processorTime(of loop: any EventLoop) async throws -> Double {
                try await loop.submit {
                    var time = timespec()
                    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
                    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
                }.get()
            }
        }

        /// Runs `body` with a server whose event loop and tasks have one thread.
        private static func onOneThread(_ body: (ListeningServer, any EventLoop) async throws -> Void) async throws {
            let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let loop = loops.next()
            try await ListeningServer.run(on: loops, executor: LoopExecutor(loop)) { try await body($0, loop) }
            try await loops.shutdownGracefully()
        }

        /// Compares the requests of a client beside slow ones with those of a client that is alone with a server. It compares the shortest
        /// times, since other work of the machine makes no time shorter, and all work of the server's only thread. It repeats both
        /// comparisons until they succeed, so it fails only if they never do.
        @Test func aHundredSlowClientsHarmNoOther() async throws {
            try await Self.onOneThread { quiet, quietLoop in
                try await Self.onOneThread { busy, busyLoop in
                    var slow: [(slowness: Slowness, client: RawClient)] = []
                    for index in 0..<100 {
                        let slowness = Slowness.allCases[index % Slowness.allCases.count]
                        slow.append((slowness, try await Self.connect(slowness, to: busy)))
                    }
                    let dribbling = slow.filter { $0.slowness != .reading }.map(\.client)
                    try await busy.waitForConnections(100)
                    var alone = try await Reader(quiet, quietLoop)
                    var beside = try await Reader(busy, busyLoop)
                    var (time, work) = (0.0, 0.0)
                    for round in 0..<300 where round < 100 || time > 3 || work > 3 {
                        try await alone.ask()
                        try await dribbling[round % dribbling.count].send("x")
                        try await beside.ask()
                        time = beside.shortest / alone.shortest
                        if round % 20 == 0 { work = try await beside.work() / alone.work() }
                    }
                    print("beside 100 slow clients a request takes \(time) times as long, and \(work) times the work")
                    #expect(time <= 3)
                    #expect(work <= 3)
                    #expect(busy.server.load.openConnections == 101)
                    #expect(!dribbling.contains { $0.hasInput })
                }
            }
        }
    }
}

import Logging
import MessagingServer
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// The real server over a store in memory, on a free port of the loopback.
struct ListeningServer: Sendable {
    let server: TestServer
    let port: Int
    let group: ServiceGroup
    private let clients = Clients()

    private final class Clients: Sendable {
        let all = Mutex<[RawClient]>([])
    }

    /// Runs `body` with a server that listens, then closes the connections of its clients, stops it gracefully and waits until it has.
    ///
    /// With an `executor`, the server's tasks run there. Its responder is that of `before`, or of a new server.
    static func run(
        _ limits: Limits = .with { _ in },
        logger: Logger = .silent,
        on loops: MultiThreadedEventLoopGroup = .singleton,
        executor: (any TaskExecutor)? = nil,
        before: TestServer? = nil,
        _ body: (ListeningServer) async throws -> Void
    ) async throws {
        let server = if let before { before } else { try await TestServer(logger: logger) }
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let transport = HTTPServer(
            responder: server.responder,
            load: server.load,
            limits: limits,
            logger: .silent
        )
        let http = transport.service(host: "127.0.0.1", port: 0, eventLoopGroup: loops) { port in listening.yield(port)
        }
        let drain = Drain(load: server.load, limit: .milliseconds(50))
        let group = ServiceGroup(services: [http, drain], logger: .silent)
        let running = Task(executorPreference: executor) { try await group.run() }
        for await port in ports {
            let listening = ListeningServer(server: server, port: port, group: group)
            do {
                try await body(listening)
                listening.closeClients()
            } catch {
                listening.closeClients()
                await group.triggerGracefulShutdown()
                try await running.value
                throw error
            }
            break
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }

    func connect(reading: Bool = true) async throws -> RawClient {
        let client = try await RawClient.connect(port: port, reading: reading)
        clients.all.withLock { $0.append(client) }
        return client
    }

    /// Closes the connections of all clients. When the server stops, it would wait for the requests that they never end.
    private func closeClients() { for client in clients.all.withLock({ $0 }) { client.channel.close(promise: nil) } }

    /// A request that gets 200 and is handled in this way.
    func read(_ way: Way, _ fields: String = "") async throws -> String {
        switch way {
        case .general: "GET /health/live HTTP/1.1\r\nHost: test\r\n\(fields)\r\n"
        case .atOnce:
            "GET /api/v2/users/me HTTP/1.1\r\nHost: test\r\n\(fields)Authorization: Bearer \(try await server.token())\r\n\r\n"
        }
    }

    /// Waits until so many connections are open, as the server counts them.
    func waitForConnections(_ count: Int) async throws {
        try await wait(until: { server.load.openConnections == count })
    }
}

extension Limits {
    /// Returns limits with some changed. The others are the defaults, except for the times: a connection lingers only a short time, and
    /// every other time is so long that no slow client exceeds it.
    static func with(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        limits.head = .seconds(300)
        limits.request = .seconds(300)
        limits.idle = .seconds(300)
        limits.answer = .seconds(300)
        limits.linger = .milliseconds(200)
        change(&limits)
        return limits
    }
}

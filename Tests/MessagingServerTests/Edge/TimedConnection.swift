import Dispatch
import Foundation
import MessagingContract
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import MessagingServer

/// A connection to the real server, without a socket. Its time passes only when the test passes it.
///
/// The server's tasks run on an executor of the connection. So ``send(_:)`` and ``pass(_:)`` return when the server has done everything it
/// can do until more bytes come or more time passes, and "not yet" and "at this moment" hold on any machine.
final class TimedConnection: Sendable {
    let server: TestServer
    private let channel = NIOAsyncTestingChannel()
    private let executor = CountingExecutor()
    private let received = Mutex<[UInt8]>([])

    private init(_ server: TestServer) { self.server = server }

    /// Runs `body` with a connection that was just opened, then closes it and waits until the server is done with it. A given `responder`
    /// handles the requests.
    static func run(
        _ limits: Limits = Limits(),
        responder: Responder? = nil,
        _ body: (TimedConnection) async throws -> Void
    ) async throws {
        let connection = TimedConnection(try await TestServer())
        let (server, channel) = (connection.server, connection.channel)
        let setup = ConnectionChannel(
            service: ConnectionService(
                responder: responder ?? server.responder,
                load: server.load,
                limits: limits,
                tls: nil,
                date: DateField { _ in Date() },
                executors: LoopExecutors()
            )
        )
        let value = try await channel.eventLoop.flatSubmit { setup.setup(channel: channel, logger: .silent) }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).get()
        let serving = Task(executorPreference: connection.executor) {
            await setup.handle(value: value, logger: .silent)
        }
        do {
            try await body(connection)
        } catch {
            try? await channel.close().get()
            throw error
        }
        try? await channel.close().get()
        await serving.value
    }

    /// Whether the connection is open.
    var isOpen: Bool { channel.isActive }

    /// Sends a text, and waits until the server has no more work for it.
    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends bytes, and waits until the server has no more work for them.
    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeInbound(ByteBuffer(bytes: bytes))
        await settle()
    }

    /// Lets a time pass, and waits until the server has no more work.
    func pass(_ time: Duration) async {
        await settle()
        await channel.testingEventLoop.advanceTime(by: TimeAmount(time))
        await settle()
    }

    /// Passes an event of the channel to the server, and waits until it has no more work.
    func pass(event: any Sendable) async throws {
        try await channel.eventLoop.submit { self.channel.pipeline.fireUserInboundEventTriggered(event) }.get()
        await settle()
    }

    /// Returns the next response. Fails if the server has sent none after a minute on the machine's own clock, which only ends a test that
    /// hangs.
    func answer() async throws -> RawAnswer {
        let patience = ContinuousClock.now + .seconds(60)
        while true {
            await settle()
            let text = try await unread()
            if let answer = take() { return answer }
            try #require(ContinuousClock.now < patience, "no whole response, but: \(text)")
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// Closes the connection like a client that disconnects.
    func close() async throws {
        try await channel.close().get()
        await settle()
    }

    /// Sends a text and returns one response.
    func ask(_ text: String) async throws -> RawAnswer {
        try await send(text)
        return try await answer()
    }

    /// Returns the text that the server has sent and that no response was read from.
    func unread() async throws -> String { String(decoding: try await unreadBytes(), as: UTF8.self) }

    /// Returns the bytes that the server has sent and that no response was read from.
    func unreadBytes() async throws -> [UInt8] {
        while let bytes = try await channel.readOutbound(as: ByteBuffer.self) {
            received.withLock { $0 += bytes.readableBytesView }
        }
        return received.withLock { $0 }
    }

    /// Waits until the server has nothing to do: no task is to be run, and no work is due on the event loop.
    private func settle() async {
        while true {
            let before = executor.jobs
            if before.left == 0 {
                // Runs the work that tasks left to the event loop. If it woke no task, no work is left.
                await channel.testingEventLoop.run()
                if executor.jobs == before { return }
            }
            await Task.yield()
        }
    }

    private func take() -> RawAnswer? {
        received.withLock { bytes in
            guard let (answer, length) = RawAnswer.parse(bytes[...]) else { return nil }
            bytes.removeFirst(length)
            return answer
        }
    }
}

extension TimedConnection {
    /// Sends the bytes of a text, one in each second.
    func dribble(_ text: String) async throws {
        for byte in text {
            try await send(String(byte))
            await pass(.seconds(1))
        }
    }
}

/// An executor that counts its jobs.
private final class CountingExecutor: TaskExecutor {
    /// The number of jobs that were ever given to the executor, and of those that have not ended.
    struct Jobs: Equatable {
        var all = 0
        var left = 0
    }

    private let queue = DispatchQueue(label: "connection")
    private let state = Mutex(Jobs())

    var jobs: Jobs { state.withLock { $0 } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { ($0.all, $0.left) = ($0.all + 1, $0.left + 1) }
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
            self.state.withLock { $0.left -= 1 }
        }
    }
}

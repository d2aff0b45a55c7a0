import MessagingContract
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import MessagingServer

/// A connection to the real server that has no socket, and whose time passes when the test says so.
final class TimedConnection: Sendable {
    let server: TestServer
    private let channel = NIOAsyncTestingChannel()
    private let received = Mutex<[UInt8]>([])

    private init(_ server: TestServer) { self.server = server }

    /// Runs `body` with a connection that was opened just now, then closes it and waits until the server is done with it.
    static func run(_ limits: Limits = Limits(), _ body: (TimedConnection) async throws -> Void) async throws {
        let connection = TimedConnection(try await TestServer())
        let (server, channel) = (connection.server, connection.channel)
        let setup = ConnectionChannel(
            responder: server.responder,
            readiness: server.readiness,
            limits: limits,
            tls: nil,
            readsAtOnce: true
        )
        let value = try await channel.eventLoop.flatSubmit { setup.setup(channel: channel, logger: .silent) }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).get()
        let serving = Task { await setup.handle(value: value, logger: .silent) }
        do {
            try await body(connection)
        } catch {
            try? await channel.close().get()
            throw error
        }
        try? await channel.close().get()
        await serving.value
    }

    /// Whether the server has not closed it.
    var isOpen: Bool { channel.isActive }

    func send(_ text: String) async throws { try await channel.writeInbound(ByteBuffer(string: text)) }

    func pass(_ time: Duration) async { await channel.testingEventLoop.advanceTime(by: TimeAmount(time)) }

    /// The next answer, however long it takes by the clock of others; fails when the server closes the connection before its end.
    func answer() async throws -> RawAnswer {
        while true {
            if let answer = take() { return answer }
            let bytes = try await channel.waitForOutboundWrite(as: ByteBuffer.self)
            received.withLock { $0 += bytes.readableBytesView }
        }
    }

    /// Sends and reads one answer.
    func ask(_ text: String) async throws -> RawAnswer {
        try await send(text)
        return try await answer()
    }

    /// What the server has sent so far, and nobody has read.
    func unread() async throws -> String {
        while let bytes = try await channel.readOutbound(as: ByteBuffer.self) {
            received.withLock { $0 += bytes.readableBytesView }
        }
        return String(decoding: received.withLock { $0 }, as: UTF8.self)
    }

    /// What is left until the server has closed the connection, for which time passes.
    func rest() async throws -> String {
        while isOpen {
            await pass(.seconds(1))
            await Task.yield()
        }
        return try await unread()
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

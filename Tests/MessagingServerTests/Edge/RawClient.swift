import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A client that sends bytes unchanged and reads responses as they arrive.
///
/// It waits two minutes for the server, which only ends a test that hangs. The limits of ``Limits/with(_:)`` are longer, so none hides a
/// hang.
final class RawClient: Sendable {
    private static let patience = TimeAmount.seconds(120)

    let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    static func connect(port: Int, reading: Bool) async throws -> RawClient {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: reading)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: reading ? 1 << 20 : 1 << 16)
            .channelInitializer { channel in channel.pipeline.addHandler(InboxHandler(inbox)) }
            .connect(host: "127.0.0.1", port: port)
            .get()
        return RawClient(channel, inbox)
    }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    /// Sends without caring whether it arrives.
    func push(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    func closeOutput() async throws { try await channel.close(mode: .output) }

    func close() async throws { try await channel.close() }

    var isClosed: Bool { inbox.isClosed }

    /// Returns the next response. Fails if the connection ends before the response is complete.
    func answer() async throws -> RawAnswer {
        while true {
            if let answer = inbox.take() { return answer }
            try #require(await waitForMore(), "the connection ended, or hangs, with: \(inbox.text)")
        }
    }

    /// Returns whether a response or a part of one has arrived, without waiting.
    var hasInput: Bool { !inbox.text.isEmpty }

    /// Returns the remaining bytes until the server closes the connection.
    func rest() async -> String {
        while await waitForMore() {}
        if !isClosed { Issue.record("the connection hangs with: \(inbox.text)") }
        return inbox.text
    }

    /// Waits for bytes, the end of the connection, or the end of the patience. Returns whether there are bytes.
    private func waitForMore() async -> Bool {
        let end = channel.eventLoop.scheduleTask(in: Self.patience) { [inbox] in inbox.giveUp() }
        defer { end.cancel() }
        return await inbox.waitForMore()
    }

    /// Sends bytes and reads one response.
    func ask(_ text: String) async throws -> RawAnswer {
        try await send(text)
        return try await answer()
    }
}

private final class Inbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var seen = 0
        var isClosed = false
        var isOver = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }
    var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }

    func append(_ bytes: ByteBuffer?) {
        let waiter = state.withLock { state in
            if let bytes { state.bytes += bytes.readableBytesView } else { state.isClosed = true }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Ends the wait: nothing came in time.
    func giveUp() {
        let waiter = state.withLock { state in
            state.isOver = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func take() -> RawAnswer? {
        state.withLock { state in
            state.seen = state.bytes.count
            guard let (answer, length) = RawAnswer.parse(state.bytes[...]) else { return nil }
            state.bytes.removeFirst(length)
            state.seen = 0
            return answer
        }
    }

    /// False when no more can come.
    func waitForMore() async -> Bool {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.isClosed || state.isOver || state.bytes.count > state.seen { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        return state.withLock { state in
            defer { state.seen = state.bytes.count }
            return state.bytes.count > state.seen || !(state.isClosed || state.isOver)
        }
    }
}

private final class InboxHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    private let inbox: Inbox

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.append(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { inbox.append(nil) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

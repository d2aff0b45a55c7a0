import MessagingContract
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A client that sends bytes as they are given, and reads answers as they come.
final class RawClient: Sendable {
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

    /// The next answer; fails when the connection ends before its end.
    func answer() async throws -> RawAnswer {
        while true {
            if let answer = inbox.take() { return answer }
            try #require(await inbox.waitForMore(), "the connection ended with: \(inbox.text)")
        }
    }

    /// Whether an answer is there, or part of one, without waiting.
    var hasInput: Bool { !inbox.text.isEmpty }

    /// What is left until the server closes the connection.
    func rest() async -> String {
        while await inbox.waitForMore() {}
        return inbox.text
    }

    /// Sends and reads one answer.
    func ask(_ text: String) async throws -> RawAnswer {
        try await send(text)
        return try await answer()
    }
}

/// An answer as it came.
struct RawAnswer: Sendable {
    let status: Int
    let fields: [String: String]
    let body: String

    var json: JSON? { try? JSON(parsing: Array(body.utf8)) }
    var closes: Bool { fields["connection"] == "close" }

    /// An answer at the beginning of these bytes, and how many it takes; nil when it is not complete.
    static func parse(_ bytes: [UInt8]) -> (RawAnswer, Int)? {
        let end = Array("\r\n\r\n".utf8)
        guard let head = bytes.firstRange(of: end) else { return nil }
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let length = Int(fields["content-length"] ?? "") ?? 0
        guard bytes.count - head.upperBound >= length else { return nil }
        let body = String(decoding: bytes[head.upperBound..<head.upperBound + length], as: UTF8.self)
        return (RawAnswer(status: status, fields: fields, body: body), head.upperBound + length)
    }
}

private final class Inbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var seen = 0
        var isClosed = false
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

    func take() -> RawAnswer? {
        state.withLock { state in
            state.seen = state.bytes.count
            guard let (answer, length) = RawAnswer.parse(state.bytes) else { return nil }
            state.bytes.removeFirst(length)
            state.seen = 0
            return answer
        }
    }

    /// False when no more can come.
    func waitForMore() async -> Bool {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.isClosed || state.bytes.count > state.seen { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        return state.withLock { state in
            defer { state.seen = state.bytes.count }
            return state.bytes.count > state.seen || !state.isClosed
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

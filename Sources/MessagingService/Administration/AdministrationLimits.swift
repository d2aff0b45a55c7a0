import MessagingContract
import NIOCore
import Synchronization

/// The limits of a connection of the administration: how many there are, how long a request is, and how long each side takes. A
/// connection that exceeds one gets a line `{"error": "..."}` and is closed.
///
/// The time of a command that runs is not limited.
final class AdministrationLimits: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Sent by the connection's task when a command has its response.
    struct Answered: Sendable {}

    /// Connections at a time.
    static let connections = 16
    /// Bytes of a request.
    static let longestRequest = 64 << 10
    /// How long a request may take from the opening of the connection, or from the response before it, to its last byte; and how long a
    /// response may wait for its client to read it.
    static let patience = TimeAmount.seconds(10)

    private let open: Count
    private let patience: TimeAmount
    private var isCounted = false
    private var isEnding = false
    private var unsent = 0
    private var timer: Scheduled<Void>?

    /// The open connections of one socket.
    final class Count: Sendable {
        private let count = Atomic(0)

        func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= AdministrationLimits.connections }
        func leave() { count.subtract(1, ordering: .relaxed) }
    }

    init(_ open: Count, patience: TimeAmount = AdministrationLimits.patience) {
        self.open = open
        self.patience = patience
    }

    func channelActive(context: ChannelHandlerContext) {
        isCounted = true
        if open.enter() {
            wait(context) { self.end("the request was not received within \(Self.seconds(self.patience)) seconds", $0) }
        } else {
            end("there are \(Self.connections) connections of the administration already; try again later", context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if isCounted { open.leave() }
        isCounted = false
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        timer?.cancel()
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is ByteToMessageDecoderError.PayloadTooLargeError {
            end("the request is over the size limit of \(Self.longestRequest) bytes", context)
        } else {
            context.fireErrorCaught(error)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isEnding else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let promise = promise ?? context.eventLoop.makePromise()
        unsent += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in self.unsent -= 1 }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        if unsent > 0 { wait(context) { if self.unsent > 0 { $0.close(promise: nil) } } }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Answered else { return context.triggerUserOutboundEvent(event, promise: promise) }
        promise?.succeed()
        wait(context) {
            if self.unsent > 0 { return $0.close(promise: nil) }
            self.end("no request came within \(Self.seconds(self.patience)) seconds", $0)
        }
    }

    private static func seconds(_ time: TimeAmount) -> Int64 { time.nanoseconds / 1_000_000_000 }

    private func wait(_ context: ChannelHandlerContext, _ action: @escaping (ChannelHandlerContext) -> Void) {
        guard !isEnding else { return }
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { action(context) }
    }

    private func end(_ message: String, _ context: ChannelHandlerContext) {
        guard !isEnding else { return }
        isEnding = true
        let error: JSON = ["error": .string(message)]
        let line = ByteBuffer(bytes: error.bytes + [UInt8(ascii: "\n")])
        context.writeAndFlush(wrapOutboundOut(line)).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }
}

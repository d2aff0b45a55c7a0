import HTTPTypes
import MessagingContract
import NIOCore
import NIOTLS

/// The handler of a connection. It passes what happens to a ``ConnectionState`` and executes the actions of that value.
///
/// The handlers behind it see the connection become active when it can be written to, after the handshake.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = RequestPart
    typealias OutboundIn = AnswerPart
    typealias OutboundOut = IOData

    private var state: ConnectionState
    private let responder: Responder
    private let load: ServerLoad
    private let date: DateField
    private let isSecured: Bool
    private let respondsAtOnce: Bool
    /// The response to a connection that is refused; nil for a connection that is served.
    private let rejection: Answer?
    private let socket: SocketEnd
    private let responses: ResponseQueue
    private var timer = ConnectionTimer()
    private var address: String?
    private var isInRead = false
    private var isPerforming = false
    private var isWatching = false
    /// Whether parts of requests were passed on whose end the next handler does not know.
    private var hasPassedParts = false
    /// The number of bytes of responses that were written but not flushed.
    private var unflushed = 0

    /// The number of bytes in responses that are written before the client's system must take them.
    private static let batch = 16 * 1_024

    init(_ channel: any Channel, _ connections: ConnectionChannel, _ socket: SocketEnd, rejection: Answer? = nil) {
        isSecured = connections.tls != nil
        state = ConnectionState(connections.limits, isSecured: isSecured, at: channel.eventLoop.now)
        responder = connections.responder
        load = connections.load
        date = connections.date
        respondsAtOnce = connections.readsAtOnce
        self.rejection = rejection
        self.socket = socket
        responses = ResponseQueue(socket, load.unsent, connections.limits, isSecured: isSecured)
    }

    // MARK: Input

    func channelActive(context: ChannelHandlerContext) {
        address = context.remoteAddress?.usualIPAddress
        schedule(context)
        if !isSecured { begin(context) }
    }

    private func begin(_ context: ChannelHandlerContext) {
        state.secured()
        if let rejection {
            send(rejection, withBody: true, closes: true, context)
        } else {
            context.fireChannelActive()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isInRead = true
        state.received(unwrapInboundIn(data), at: context.eventLoop.now)
        perform(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInRead = false
        state.readCompleted(at: context.eventLoop.now)
        hasPassedParts = false
        context.fireChannelReadComplete()
        perform(context)
    }

    func read(context: ChannelHandlerContext) {
        state.wantInput()
        perform(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            state.inputClosed()
            perform(context)
        case is ChannelShouldQuiesceEvent:
            state.quiesce()
            perform(context)
        case TLSUserEvent.handshakeCompleted:
            begin(context)
            context.fireUserInboundEventTriggered(event)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The end of the input follows. HTTP decides whether the input before it is complete.
        if TLSContext.isUncleanEnd(error) { return }
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func stop() {
        state.channelClosed()
        timer.cancel()
        responses.cancel()
    }

    // MARK: Actions

    private func perform(_ context: ChannelHandlerContext) {
        if isPerforming { return }
        isPerforming = true
        var hasMore = true
        while hasMore {
            let now = context.eventLoop.now
            while let action = state.next(at: now) { perform(action, at: now, context) }
            // Within a read, more requests may follow, and their responses are flushed together.
            hasMore = unflushed > 0 && !isInRead
            if hasMore { flushed(context) }
        }
        isPerforming = false
        if hasPassedParts, !isInRead {
            hasPassedParts = false
            context.fireChannelReadComplete()
        }
        schedule(context)
    }

    private func perform(_ action: ConnectionState.Action, at now: NIODeadline, _ context: ChannelHandlerContext) {
        switch action {
        case .read: context.read()
        case .begin(let head):
            if !respondAtOnce(head, at: now, context) {
                let request = head.request(scheme: isSecured ? "https" : "http")
                pass(.head(request, head.length), context)
            }
        case .body(let bytes): pass(.body(bytes), context)
        case .end: pass(.end, context)
        case .refuse(let refusal): pass(.refused(refusal), context)
        case .inputClosed: context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .closeOutput: context.close(mode: .output, promise: nil)
        case .close: context.close(promise: nil)
        case .cut: socket.cut()
        }
    }

    private func pass(_ part: RequestPart, _ context: ChannelHandlerContext) {
        hasPassedParts = true
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// Handles a read that needs no waiting. Returns false if it did nothing.
    private func respondAtOnce(_ head: RequestHead, at now: NIODeadline, _ context: ChannelHandlerContext) -> Bool {
        guard respondsAtOnce, !load.isDraining, !state.isQuiescing,
            let (first, rest) = responder.readAtOnce(head, state.limits, from: address, date: date)
        else { return false }
        state.respondedAtOnce(at: now)
        unflushed += first.readableBytes
        if let rest {
            responses.append(first, rest, context)
        } else {
            context.write(wrapOutboundOut(.byteBuffer(first)), promise: nil)
        }
        if unflushed >= Self.batch || rest != nil { flushed(context) }
        return true
    }

    // MARK: Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .interim where !state.takesInterim:
            promise?.succeed()
        case .interim(let status, let fields):
            var wire = WireAnswer(status, room: 64)
            for field in fields { wire.field(field.name.rawName, field.value) }
            wire.end()
            context.write(wrapOutboundOut(.byteBuffer(wire.bytes)), promise: promise)
            flushed(context)
        case .streaming:
            state.bodyIsStream(at: context.eventLoop.now)
            perform(context)
            promise?.succeed()
        case .answer(let answer, let withBody, let closes):
            send(answer, withBody: withBody, closes: closes, context)
            promise?.succeed()
        case .done:
            state.finish()
            flushed(context)
            promise?.succeed()
        }
    }

    /// Does nothing, since all output is flushed when it is written.
    func flush(context: ChannelHandlerContext) {}

    private func send(_ answer: Answer, withBody: Bool, closes: Bool, _ context: ChannelHandlerContext) {
        let closes = state.responds(closes: closes, isDraining: load.isDraining, at: context.eventLoop.now)
        let (first, rest) = answer.onWire(
            withBody: withBody,
            date: date.value,
            closes: closes,
            partBytes: state.limits.partBytes
        )
        responses.append(first, rest, context)
        proceed(context)
    }

    private func flushed(_ context: ChannelHandlerContext) {
        unflushed = 0
        context.flush()
        proceed(context)
    }

    /// Sends as much as the client's system takes, and continues when it has taken that.
    private func proceed(_ context: ChannelHandlerContext) {
        if !isWatching, context.channel.isActive {
            let hasMore = responses.proceed(context)
            let unwritten = responses.unwritten
            state.sent(
                socket.written + unwritten,
                waiting: unwritten + socket.waiting,
                isSending: responses.isWaiting,
                at: context.eventLoop.now
            )
            if responses.isWaiting { watch(context, comesBackSoon: hasMore) }
        }
        perform(context)
    }

    private func watch(_ context: ChannelHandlerContext, comesBackSoon: Bool) {
        isWatching = true
        let goOn = {
            self.isWatching = false
            self.proceed(context)
        }
        if comesBackSoon { context.eventLoop.assumeIsolated().execute(goOn) } else { socket.whenTaken(goOn) }
    }

    // MARK: Time

    private func schedule(_ context: ChannelHandlerContext) {
        // A closure is an allocation, which most requests do not need.
        guard let due = state.due, !timer.fires(by: due, after: context.eventLoop.now), context.channel.isActive else {
            return
        }
        timer.move(to: due, on: context.eventLoop) { self.timePassed(context) }
    }

    private func timePassed(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let unwritten = responses.unwritten
        state.timePassed(
            at: context.eventLoop.now,
            written: socket.written + unwritten,
            waiting: unwritten + socket.waiting,
            isAcknowledged: { socket.isAcknowledged }
        )
        perform(context)
    }
}

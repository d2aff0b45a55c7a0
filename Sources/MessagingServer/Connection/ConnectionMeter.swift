import MessagingContract
import NIOCore
import NIOTLS

/// The handler nearest to the socket or to TLS. It counts bytes and time from the first byte on, and ends a request, a response or a
/// connection that is too large or takes too long.
///
/// The deadline of the first head begins with the connection, so it covers the handshake too. The handlers behind the meter see the
/// connection become active when it can be written to, after the handshake.
///
/// The meter passes on heads and bodies in pieces that end where the head or the body ends, so all its counts are exact. The parser behind
/// it reports these ends (``headEnded(_:)``, ``requestEnded(isLast:)``). Bytes of the next request go back to the ``RequestGate`` until the
/// client's system has the response to the present one.
final class ConnectionMeter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    enum Phase {
        case idle
        case head
        case body(left: Int)
        case chunked
        /// Further input is not read as a request.
        case ignoring
        /// All responses are sent. Input is dropped until the client closes too or this time has passed.
        case lingering(until: NIODeadline)
    }

    let limits: Limits
    /// The number of requests whose head was read and that have no response yet. A refusal counts as a request.
    var unanswered = 0
    private(set) var phase = Phase.idle
    private var scanner: HeadScanner?
    private var emptyLine = EmptyLineFinder()
    private var isFirst = true
    private var isInputClosed = false
    private var isFinishing = false
    private var dropped = 0
    /// Whether the connection lingers a second time because its client was still sending in the first time.
    private var isLingeringLonger = false
    private var requestDue: NIODeadline?
    /// The pace of the present body if it is read as a stream.
    private var pace: StreamPace?
    /// Whether the server reads input. Otherwise input waits until the server has caught up.
    private var isReading = false
    private var deadlines: ConnectionDeadlines
    private var context: ChannelHandlerContext?
    private let socket: SocketEnd
    private let gate: RequestGate
    private let responses: ResponseQueue
    private var isWatching = false
    /// The action for the moment when every response is sent.
    private var end: ((ConnectionMeter) -> Void)?
    private var isHandshaking: Bool

    init(_ limits: Limits, _ socket: SocketEnd, _ gate: RequestGate, _ unsent: UnsentResponses, isSecured: Bool) {
        self.limits = limits
        self.socket = socket
        self.gate = gate
        responses = ResponseQueue(socket, unsent, limits, isSecured: isSecured)
        isHandshaking = isSecured
        deadlines = ConnectionDeadlines(answer: TimeAmount(limits.answer))
    }

    /// Returns the refusal of the request whose head is being read, with the parts of the head that have arrived.
    func refusal(_ error: APIError) -> Refusal {
        Refusal(error: error, target: scanner?.target ?? "", isHead: scanner?.isHead ?? false)
    }

    /// Whether the next input begins a request, and the client's system has all earlier responses.
    var isBetweenRequests: Bool {
        if case .idle = phase { mayBegin && !isFinishing && !isHandshaking } else { false }
    }

    /// Whether the gate holds a request with a complete head.
    var holdsRequest: Bool { gate.holdsRequest }

    private var mayBegin: Bool { unanswered == 0 && !responses.isWaiting }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadlines.cancel()
        responses.cancel()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        waitForInput(limits.head)
        if !isHandshaking { context.fireChannelActive() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadlines.cancel()
        responses.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        keepPace { $0.received(bytes.readableBytes, at: $1) }
        while bytes.readableBytes > 0, let length = take(bytes), let piece = bytes.readSlice(length: length) {
            context.fireChannelRead(wrapInboundOut(piece))
        }
    }

    /// Returns how many of these bytes are passed on now. Returns nil if they are dropped, or held until the next request may begin.
    private func take(_ bytes: ByteBuffer) -> Int? {
        switch phase {
        case .idle where !mayBegin:
            gate.hold(bytes)
            return nil
        case .idle, .head:
            beginHead()
            do throws(APIError) {
                return try scanner?.scan(bytes.readableBytesView)
            } catch {
                refuse(error)
                return nil
            }
        case .body(let left):
            let length = left > 0 ? min(left, bytes.readableBytes) : bytes.readableBytes
            phase = .body(left: max(left - length, 0))
            return length
        case .chunked:
            return emptyLine.scan(bytes.readableBytesView)
        case .ignoring:
            return nil
        case .lingering:
            dropped += bytes.readableBytes
            return nil
        }
    }

    private func beginHead() {
        guard case .idle = phase else { return }
        phase = .head
        scanner = HeadScanner(limits)
        requestDue = now + TimeAmount(limits.request)
        if !isFirst { deadlines.input = now + TimeAmount(limits.head) }
        isFirst = false
    }

    func read(context: ChannelHandlerContext) {
        guard dropped <= limits.lingerBytes else { return }
        isReading = true
        if pace != nil {
            keepPace { $0.resume(at: $1) }
            schedule()
        }
        context.read()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        keepPace { $0.pause(at: $1) }
        schedule()
        context.fireChannelReadComplete()
        if case .lingering = phase { read(context: context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if case .lingering = phase { socket.cut() }
        case TLSUserEvent.handshakeCompleted where isHandshaking:
            isHandshaking = false
            context.fireChannelActive()
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        proceed()
    }

    // MARK: Events of the parser

    /// Notes that a head has ended and its body follows.
    func headEnded(_ length: BodyLength) {
        unanswered += 1
        scanner = nil
        deadlines.input = requestDue
        switch length {
        case .known(let length): phase = .body(left: length)
        case .chunked: phase = .chunked
        }
    }

    /// Notes that the operation reads the present body as a stream. It may then take longer than other requests.
    func bodyIsStream() {
        switch phase {
        case .body, .chunked: break
        case .idle, .head, .ignoring, .lingering: return
        }
        pace = StreamPace(rate: limits.streamRate, slack: TimeAmount(limits.streamSlack))
        deadlines.input = nil
        if isReading { keepPace { $0.resume(at: $1) } }
        schedule()
    }

    /// Notes that a request has ended. After the last one no input is read.
    func requestEnded(isLast: Bool) {
        pace = nil
        deadlines.input = nil
        phase = isLast ? .ignoring : .idle
        if unanswered == 0 { waitForInput(limits.idle) }
    }

    /// Stops reading requests.
    func ignoreInput() {
        gate.drop()
        pace = nil
        deadlines.input = nil
        scanner = nil
        phase = .ignoring
    }

    // MARK: Responses

    /// Sends a response: its beginning, then its body part by part. Each part is made when the client's system has taken the previous one.
    func send(_ first: ByteBuffer, _ body: BodyParts?) {
        guard let context else { return }
        responses.append(first, body, context)
        proceed()
    }

    /// Notes that a response was written and the connection continues.
    func responseWritten() {
        guard case .idle = phase, mayBegin else { return }
        waitForInput(limits.idle)
        gate.open()
    }

    /// Notes that requests were handled and their responses flushed without passing the meter.
    func responsesBypassed() {
        isFirst = false
        proceed()
        guard isBetweenRequests else { return }
        deadlines.input = now + TimeAmount(limits.idle)
        schedule()
    }

    /// Sends as much as the client's system takes, and continues when it has taken that.
    private func proceed() {
        guard !isWatching, let context, context.channel.isActive else { return }
        let wasWaiting = responses.isWaiting
        let hasMore = responses.proceed(context)
        let unwritten = responses.unwritten
        deadlines.flushed(socket.written + unwritten, waiting: unwritten + socket.waiting, at: now)
        schedule()
        if responses.isWaiting {
            watch(context, resumesAtOnce: hasMore)
        } else if let end {
            self.end = nil
            end(self)
        } else if wasWaiting {
            responseWritten()
        }
    }

    private func watch(_ context: ChannelHandlerContext, resumesAtOnce: Bool) {
        isWatching = true
        let resume = {
            self.isWatching = false
            self.proceed()
        }
        if resumesAtOnce { context.eventLoop.assumeIsolated().execute(resume) } else { socket.whenTaken(resume) }
    }

    // MARK: Closing

    /// Closes when all responses are written and the client has closed too. If the client does not close, it has some time to do so after
    /// its system has taken all responses.
    func finish() { afterWriting { $0.linger() } }

    /// Closes when all responses are written, without lingering. The client must have sent nothing that was not read, since it could lose
    /// the responses otherwise.
    func close() { afterWriting { $0.context?.close(promise: nil) } }

    private func afterWriting(_ end: @escaping (ConnectionMeter) -> Void) {
        guard let context, !isFinishing else { return }
        isFinishing = true
        ignoreInput()
        self.end = end
        context.flush()
        proceed()
    }

    private func linger() {
        guard let context, context.channel.isActive else { return }
        if isInputClosed || gate.isInputClosed { return context.close(promise: nil) }
        phase = .lingering(until: now + TimeAmount(limits.answer))
        context.close(mode: .output, promise: nil)
        waitForInput(limits.linger)
        context.read()
    }

    private func refuse(_ error: APIError) {
        let refusal = refusal(error)
        ignoreInput()
        context?.fireUserInboundEventTriggered(refusal)
    }

    // MARK: Time

    private var now: NIODeadline { context?.eventLoop.now ?? .now() }

    private func waitForInput(_ time: Duration) {
        deadlines.input = now + TimeAmount(time)
        schedule()
    }

    private func keepPace(_ change: (inout StreamPace, NIODeadline) -> Void) {
        guard var pace else { return }
        change(&pace, now)
        self.pace = pace
        deadlines.input = pace.due
    }

    private func schedule() { schedule(at: now) }

    private func schedule(at now: NIODeadline) {
        guard let context, context.channel.isActive else { return }
        deadlines.schedule(on: context.eventLoop, at: now) { self.deadlinePassed() }
    }

    private func deadlinePassed() {
        guard let context, context.channel.isActive else { return }
        let unwritten = responses.unwritten
        if deadlines.isAnswerOverdue(
            socket.written + unwritten,
            waiting: unwritten + socket.waiting,
            at: now
        ) {
            return socket.cut()
        }
        if let due = deadlines.input, due <= now {
            switch phase {
            case .idle where responses.isWaiting: deadlines.input = now + TimeAmount(limits.idle)
            case .idle where !isHandshaking: return context.close(promise: nil)
            case .lingering(let end) where end > now && !socket.isAcknowledged:
                deadlines.input = now + TimeAmount(limits.linger)
            case .lingering where dropped > 0 && !isLingeringLonger:
                isLingeringLonger = true
                deadlines.input = now + TimeAmount(limits.linger) * 4
            case .idle, .lingering: return socket.cut()
            case .head, .body, .chunked: refuse(.clientTimeout)
            case .ignoring: break
            }
        }
        schedule()
    }
}

import MessagingContract
import NIOCore
import NIOTLS

/// The handler nearest to the socket, or to TLS. It counts bytes and time from the first byte on, and ends a request, a response or a
/// connection that is too large or takes too long.
///
/// The time for the first head begins with the connection, so it is the time for the handshake too. The handlers behind the meter see the
/// connection become active when it can be written to, after the handshake.
///
/// The meter passes on heads and bodies in pieces that end where the head or the body ends, so that all its counts are exact. The parser
/// behind it reports these ends (``headEnded(_:)``, ``requestEnded(isLast:)``). Bytes of the next request go back to the ``RequestGate``
/// until the client's system has the response to the present one.
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
        /// What comes is not read as a request.
        case sealed
        /// The answers are out, and what comes is dropped until the client closes too or has had the time to, which ends here.
        case lingering(until: NIODeadline)
    }

    let limits: Limits
    /// Requests whose head was read, and that have no answer yet; a refusal counts as one.
    var unanswered = 0
    private(set) var phase = Phase.idle
    private var scanner: HeadScanner?
    private var emptyLine = EmptyLineFinder()
    private var isFirst = true
    private var isInputClosed = false
    private var isFinishing = false
    private var dropped = 0
    /// Whether the connection has its second time to linger, since its client was still sending in the first.
    private var isLingeringLonger = false
    private var requestDue: NIODeadline?
    /// The pace of the present body, when that is read while it comes.
    private var pace: StreamPace?
    /// Whether bytes that come are read, rather than left to wait until the server has caught up.
    private var isReading = false
    private var deadlines: ConnectionDeadlines
    private var context: ChannelHandlerContext?
    private let socket: SocketEnd
    private let gate: RequestGate
    private let responses: ResponseQueue
    private var isWatching = false
    /// What is to be done when every response is sent.
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

    /// Returns the refusal of the request whose head is being read, as far as that has come.
    func refusal(_ error: APIError) -> Refusal {
        Refusal(error: error, target: scanner?.target ?? "", isHead: scanner?.isHead ?? false)
    }

    /// Whether what comes next begins a request, and the client's system has the response to every request before it.
    var isBetweenRequests: Bool {
        if case .idle = phase { mayBegin && !isFinishing && !isHandshaking } else { false }
    }

    /// Whether the gate holds a request that can be read.
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
        keepPace { $0.came(bytes.readableBytes, at: $1) }
        while bytes.readableBytes > 0, let length = take(bytes), let piece = bytes.readSlice(length: length) {
            context.fireChannelRead(wrapInboundOut(piece))
        }
    }

    /// How many of these bytes are handed on now; nil when they are dropped, or held until the next request may begin.
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
        case .sealed:
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

    // MARK: What the parser says

    /// A head ended, and its body follows.
    func headEnded(_ length: BodyLength) {
        unanswered += 1
        scanner = nil
        deadlines.input = requestDue
        switch length {
        case .known(let length): phase = .body(left: length)
        case .chunked: phase = .chunked
        }
    }

    /// The body that is being read is read by an operation while it comes, which may take longer than a request may.
    func bodyIsStream() {
        switch phase {
        case .body, .chunked: break
        case .idle, .head, .sealed, .lingering: return
        }
        pace = StreamPace(rate: limits.streamRate, slack: TimeAmount(limits.streamSlack))
        deadlines.input = nil
        if isReading { keepPace { $0.resume(at: $1) } }
        schedule()
    }

    /// A request ended; after the last one nothing is read.
    func requestEnded(isLast: Bool) {
        pace = nil
        deadlines.input = nil
        phase = isLast ? .sealed : .idle
        if unanswered == 0 { waitForInput(limits.idle) }
    }

    /// Nothing more is read as a request.
    func seal() {
        gate.drop()
        pace = nil
        deadlines.input = nil
        scanner = nil
        phase = .sealed
    }

    // MARK: Responses

    /// Sends a response: its beginning, then the body part by part, each made when the client's system has taken the one before.
    func send(_ first: ByteBuffer, _ body: BodyParts?) {
        guard let context else { return }
        responses.append(first, body, context)
        proceed()
    }

    /// A response is written, and the connection goes on.
    func answered() {
        guard case .idle = phase, mayBegin else { return }
        waitForInput(limits.idle)
        gate.open()
    }

    /// Requests came and were answered that the meter has not seen, and the answers were flushed.
    func answeredBeforeIt() {
        isFirst = false
        proceed()
        guard isBetweenRequests else { return }
        deadlines.input = now + TimeAmount(limits.idle)
        schedule()
    }

    /// Sends as much as the client's system takes, and comes back when it has taken that.
    private func proceed() {
        guard !isWatching, let context, context.channel.isActive else { return }
        let wasWaiting = responses.isWaiting
        let hasMore = responses.proceed(context)
        let unwritten = responses.unwritten
        deadlines.flushed(socket.written + unwritten, waiting: unwritten + socket.waiting, at: now)
        schedule()
        if responses.isWaiting {
            watch(context, comesBackSoon: hasMore)
        } else if let end {
            self.end = nil
            end(self)
        } else if wasWaiting {
            answered()
        }
    }

    private func watch(_ context: ChannelHandlerContext, comesBackSoon: Bool) {
        isWatching = true
        let goOn = {
            self.isWatching = false
            self.proceed()
        }
        if comesBackSoon { context.eventLoop.assumeIsolated().execute(goOn) } else { socket.whenTaken(goOn) }
    }

    // MARK: The end

    /// Closes once everything is written and the client has closed too, or had the time to since its system has everything.
    func finish() { afterWriting { $0.linger() } }

    /// Closes once everything is written; right when the client has sent nothing that was not read.
    func close() { afterWriting { $0.context?.close(promise: nil) } }

    private func afterWriting(_ end: @escaping (ConnectionMeter) -> Void) {
        guard let context, !isFinishing else { return }
        isFinishing = true
        seal()
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
        seal()
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
        deadlines.schedule(on: context.eventLoop, at: now) { self.timeIsOver() }
    }

    private func timeIsOver() {
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
            case .sealed: break
            }
        }
        schedule()
    }
}

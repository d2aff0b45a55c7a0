import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore
import NIOTLS

/// The handler of a connection. It passes what happens to a ``ConnectionState``, executes the actions of that value, and takes the steps
/// that a ``Responder`` returns for each request.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = IOData

    var state: ConnectionState
    /// Completes when the connection is closed and none of its requests is being handled.
    let ended: EventLoopPromise<Void>
    private(set) var context: ChannelHandlerContext?
    private let responder: Responder
    private let executor: LoopExecutor
    private let load: ServerLoad
    private let date: DateField
    private let isSecured: Bool
    /// The response to a connection that is refused; nil for a connection that is served.
    private let rejection: OutgoingResponse?
    private let socket: SocketEnd
    private let responses: ResponseSender
    private var timer = ConnectionTimer()
    private var address: String?
    private var isInRead = false
    private var isPerforming = false
    /// Whether other connections have their turn now.
    private var isPaused = false
    private var requestsInTurn = 0
    private var isWatching = false
    private var isClosed = false
    /// Whether the connection has another protocol now. Then everything passes this handler.
    private var isUpgraded = false
    /// The number of bytes of responses that were written but not flushed.
    private var unflushed = 0

    /// The way of tasks to this handler; nil once no task can need it.
    private var link: ConnectionLink?
    /// The caller of the last request, for the next one.
    private var lastCaller = LastCaller()
    /// Whether a request has no response yet.
    private var hasRequest = false
    /// Whether the response to the present request has a body.
    private var respondsWithBody = true
    /// The task that handles the present request; nil if none does.
    private var task: Task<Void, Never>?
    /// Continues the present request if it waits for a check of its organization; nil otherwise.
    private var parked: ((Result<Revision, APIError>) -> Void)?
    /// The number of checks that requests have waited for.
    private var checks = 0
    private var isCancelled = false

    // The body of the present request, see `ConnectionHandler+Body.swift`.
    var bodyLength = BodyLength.known(0)
    var bodyWaiter = BodyWaiter.nobody
    /// The number of bytes in its pieces so far.
    var bodyCount = 0
    /// The error that has ended it; nil if it can be read.
    var bodyError: APIError?
    var memory: BodyMemory

    /// The number of bytes in responses that are written before the client's system must take them.
    private static let batch = 16 * 1_024
    /// The number of requests that are handled before other connections get their turn.
    private static let requestsInARow = 32

    init(
        _ channel: any Channel,
        _ service: ConnectionService,
        _ socket: SocketEnd,
        rejection: OutgoingResponse? = nil
    ) {
        isSecured = service.tls != nil
        state = ConnectionState(service.limits, isSecured: isSecured, at: channel.eventLoop.now)
        ended = channel.eventLoop.makePromise()
        responder = service.responder
        executor = service.executors.of(channel.eventLoop)
        load = service.load
        date = service.date
        memory = BodyMemory(load.bodies, service.limits)
        self.rejection = rejection
        self.socket = socket
        responses = ResponseSender(socket, load.unsent, service.limits, isSecured: isSecured)
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        link = ConnectionLink(self, context.channel, executor)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        address = context.remoteAddress?.usualIPAddress
        schedule(context)
        if !isSecured { begin(context) }
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        state.secured()
        if let rejection {
            state.reject()
            send(rejection, withBody: true, context)
        }
        perform(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isUpgraded { return context.fireChannelRead(data) }
        isInRead = true
        state.received(unwrapInboundIn(data), at: context.eventLoop.now)
        perform(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInRead = false
        if isUpgraded { return context.fireChannelReadComplete() }
        state.readCompleted(at: context.eventLoop.now)
        perform(context)
    }

    func read(context: ChannelHandlerContext) {
        if isUpgraded { return context.read() }
        state.wantInput()
        perform(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isUpgraded { return context.fireUserInboundEventTriggered(event) }
        switch event {
        case ChannelEvent.inputClosed:
            state.inputClosed()
            perform(context)
        case is ChannelShouldQuiesceEvent:
            state.quiesce()
            perform(context)
        case TLSUserEvent.handshakeCompleted:
            begin(context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The end of the input follows. HTTP decides whether the input before it is complete.
        if TLSContext.isUncleanEnd(error) { return }
        if isUpgraded { return context.fireErrorCaught(error) }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        if isClosed { return }
        isClosed = true
        state.channelClosed()
        timer.cancel()
        responses.cancel()
        bodyFails(.malformed("its body is not complete"))
        endIfDone()
    }

    /// Cancels the task of the present request, and each that follows it.
    func cancel() {
        isCancelled = true
        task?.cancel()
        parked?(.failure(.serviceUnavailable))
    }

    // MARK: Actions

    func perform(_ context: ChannelHandlerContext) {
        if isPerforming || isPaused || isUpgraded { return }
        isPerforming = true
        var hasMore = true
        while hasMore {
            let now = context.eventLoop.now
            while !isPaused, let action = state.next(at: now) { perform(action, context) }
            // Within a read, more requests may follow, and their responses are flushed together.
            hasMore = unflushed > 0 && !isInRead
            if hasMore { flushed(context) }
        }
        isPerforming = false
        requestsInTurn = 0
        schedule(context)
    }

    /// Lets other connections have their turn before the next request.
    private func pause(_ context: ChannelHandlerContext) {
        isPaused = true
        context.eventLoop.assumeIsolated().execute {
            self.isPaused = false
            self.perform(context)
        }
    }

    private func perform(_ action: ConnectionState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .read: context.read()
        case .begin(let head):
            begin(head)
            requestsInTurn += 1
            if requestsInTurn == Self.requestsInARow { pause(context) }
        case .sendContinue: _ = sendInterim(.continue, [:])
        case .body(let part): bodyContinues(part)
        case .end: bodyEnds()
        case .refuse(let refusal):
            if hasRequest {
                bodyFails(refusal.error)
            } else {
                send(responder.refuse(refusal, address: address), withBody: !refusal.isHead, context)
            }
        case .closeOutput: context.close(mode: .output, promise: nil)
        case .close: context.close(promise: nil)
        case .cut: socket.cut()
        }
    }

    // MARK: Requests

    private func begin(_ head: consuming RequestHead) {
        guard let link else { return }
        hasRequest = true
        respondsWithBody = head.method != .head
        (bodyLength, bodyCount, bodyError) = (head.length, 0, nil)
        let scheme = isSecured ? "https" : "http"
        let request = IncomingRequest(head: head, scheme: scheme, address: address, of: link)
        take(responder.begin(request, after: &lastCaller))
    }

    private func take(_ step: Step) {
        switch step {
        case .respond(let response):
            hasRequest = false
            memory.release()
            if let context, !isClosed { respond(with: response, context) }
        case .readBody(let limit, let owner, let then):
            readBody(limit: limit, of: owner) { self.take(then($0)) }
        case .check(let organization, let organizations, let then):
            check(organization, organizations, then)
        case .wait(let work):
            task = link?.run(work)
            if isCancelled { task?.cancel() }
        }
    }

    /// Waits for a check without a task. What comes after the request was cancelled is ignored.
    private func check(
        _ organization: String,
        _ organizations: Organizations,
        _ then: @escaping @Sendable (Result<Revision, APIError>, inout LastCaller) -> Step
    ) {
        checks += 1
        let number = checks
        parked = { outcome in
            self.parked = nil
            self.continue(with: then(outcome, &self.lastCaller))
        }
        link?.check(organization, organizations) { outcome in
            if number == self.checks { self.parked?(outcome) }
        }
        if isCancelled { parked?(.failure(.serviceUnavailable)) }
    }

    /// Continues with the step after a wait.
    func `continue`(with step: Step) {
        task = nil
        take(step)
        if let context, !isClosed { perform(context) }
        endIfDone()
    }

    private func endIfDone() {
        guard isClosed, task == nil, parked == nil else { return }
        link = nil
        ended.succeed()
    }

    // MARK: Responses

    private func respond(with response: OutgoingResponse, _ context: ChannelHandlerContext) {
        guard let upgrade = response.content.upgrade else {
            return send(response, withBody: respondsWithBody, context)
        }
        guard state.mayUpgrade(isDraining: load.isDraining) else {
            let refusal = responder.refuse(Refusal(error: .serviceUnavailable, target: ""), address: address)
            return send(refusal, withBody: true, context)
        }
        write(response, withBody: false, isDraining: false, context)
        switchProtocol(upgrade, context)
    }

    /// Gives the connection to the handlers of another protocol, with the bytes that have arrived behind the request.
    private func switchProtocol(_ upgrade: Upgrade, _ context: ChannelHandlerContext) {
        // The bytes behind the request are no request, so they are taken before the response is flushed.
        let rest = state.upgrade()
        isUpgraded = true
        lastCaller = LastCaller()
        timer.cancel()
        context.flush()
        guard !isClosed else { return }
        do {
            try context.pipeline.syncOperations.addHandlers(upgrade.handlers(), position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        if rest.readableBytes > 0 { context.fireChannelRead(NIOAny(rest)) }
        if !isInRead {
            context.fireChannelReadComplete()
            context.read()
        }
    }

    /// Writes an interim response. Returns false if the connection is closed, or the request has its response.
    func sendInterim(_ status: HTTPResponse.Status, _ fields: HTTPFields) -> Bool {
        guard let context, !isClosed, hasRequest else { return false }
        if state.takesInterim {
            var wire = WireResponse(status)
            for field in fields { wire.add(field) }
            wire.end()
            context.write(wrapOutboundOut(.byteBuffer(wire.bytes())), promise: nil)
            flushed(context)
        }
        return true
    }

    private func send(_ response: OutgoingResponse, withBody: Bool, _ context: ChannelHandlerContext) {
        let isWhole = write(response, withBody: withBody, isDraining: load.isDraining, context)
        if unflushed >= Self.batch || !isWhole { flushed(context) }
    }

    /// Writes a response, or its beginning. Returns whether it is the whole response.
    @discardableResult
    private func write(
        _ response: OutgoingResponse,
        withBody: Bool,
        isDraining: Bool,
        _ context: ChannelHandlerContext
    ) -> Bool {
        let closes = state.responds(isDraining: isDraining, at: context.eventLoop.now)
        let (first, rest) = response.onWire(
            withBody: withBody,
            date: date.value,
            closes: closes,
            partBytes: state.limits.partBytes
        )
        unflushed += first.readableBytes
        responses.begin(first, rest, context)
        return rest == nil
    }

    private func flushed(_ context: ChannelHandlerContext) {
        unflushed = 0
        context.flush()
        proceed(context)
    }

    /// Sends as much as the client's system takes, and continues when it has taken that.
    private func proceed(_ context: ChannelHandlerContext) {
        if isUpgraded { return }
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

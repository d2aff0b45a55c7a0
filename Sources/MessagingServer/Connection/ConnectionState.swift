import MessagingContract
import NIOCore

/// The protocol of a connection: HTTP/1.1 within ``Limits``. It is a value without a channel, a clock or a timer: bytes and times go in, and
/// ``next(at:)`` returns the actions that must be taken.
///
/// The deadline of the first head begins with the connection, so it covers a TLS handshake too. Bytes of the next request wait until the
/// client's system has the response to the present one, and meanwhile no more are read.
struct ConnectionState {
    /// What must be done with the connection.
    enum Action {
        /// Read from the socket once.
        case read
        /// Begin to handle a request. Its body follows, and then its end.
        case begin(RequestHead)
        /// Pass on a part of the present request's body.
        case body(ByteBuffer)
        /// Note that the present request has ended.
        case end
        /// Pass on a refusal. It takes the place of a request, or of the rest of the present request's body.
        case refuse(Refusal)
        /// Note that the client sends no more.
        case inputClosed
        /// Close the sending side. This is the first step of closing a connection.
        case closeOutput
        /// Close the connection, whose responses are all sent.
        case close
        /// Close the socket at once, whatever is unsent.
        case cut
    }

    private enum Phase {
        /// Requests are read.
        case open
        /// Further input is not read as a request.
        case sealed
        /// All responses are sent. Input is dropped until the client closes too or this time has passed.
        case lingering(until: NIODeadline)
        case closed
    }

    /// How the connection closes once all responses are sent.
    private enum Ending {
        case inTwoSteps, atOnce
    }

    let limits: Limits
    private var phase = Phase.open
    private var reader = RequestReader()
    private var isHandshaking: Bool
    private var isFirst = true
    /// The number of requests whose head was read and that have no response yet. A refusal in the place of a request counts as one.
    private var unanswered = 0
    /// Whether the present request is the last one, because its client wants that.
    private var isLast = false
    /// Whether the client of the present request reads interim responses. HTTP/1.0 has none (RFC 9110, section 15.2).
    private(set) var takesInterim = true
    /// Whether the client's system has not taken all of the last response.
    private var isSending = false
    /// Whether the server stops.
    private(set) var isQuiescing = false
    private var isInputClosed = false
    private var isInputClosedReported = false
    private var wantsRead = false
    /// Whether the server waits for input. Otherwise input waits until the server has caught up.
    private var isReading = false
    private var dropped = 0
    /// Whether the connection lingers a second time because its client was still sending in the first time.
    private var isLingeringLonger = false
    private var isEnding = false
    private var ending: Ending?
    /// Actions that follow from an event, before those that follow from the input.
    private var pending: [Action] = []

    private var inputDue: NIODeadline?
    private var requestDue: NIODeadline?
    private var outputDue: (time: NIODeadline, goal: Int)?
    /// The pace of the present body if it is read as a stream.
    private var pace: StreamPace?

    /// Creates the state of a connection that opens now. With `isSecured`, requests begin after a handshake.
    init(_ limits: Limits, isSecured: Bool, at now: NIODeadline) {
        self.limits = limits
        isHandshaking = isSecured
        inputDue = now + TimeAmount(limits.head)
    }

    /// The time at which ``timePassed(at:written:waiting:isAcknowledged:)`` must be called; nil if no deadline runs.
    var due: NIODeadline? {
        guard let outputDue else { return inputDue }
        return inputDue.map { min($0, outputDue.time) } ?? outputDue.time
    }

    /// The bytes of memory that input takes that is no part of a request yet.
    var inputMemory: Int { reader.memory }

    /// Whether a request may begin with the next input.
    private var mayBegin: Bool { unanswered == 0 && !isSending && !isHandshaking }

    /// Whether received bytes wait until the next request may begin.
    private var isHolding: Bool {
        if case .open = phase, reader.place == .betweenRequests { !mayBegin && !reader.isEmpty } else { false }
    }

    private var isBetweenRequests: Bool {
        if case .open = phase { reader.place == .betweenRequests } else { false }
    }

    // MARK: Input

    /// Notes that the handshake is complete.
    mutating func secured() { isHandshaking = false }

    /// Notes that bytes arrived.
    mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) {
        keepPace { $0.received(bytes.readableBytes, at: now) }
        switch phase {
        case .open where !isInputClosed:
            // More can wait only when the client has closed its sending side, since the system then delivers all remaining bytes. They are
            // dropped, as if the client had not sent them.
            if !reader.receive(bytes, atMost: isHolding ? limits.aheadBytes : nil) { isInputClosed = true }
        case .lingering:
            dropped += bytes.readableBytes
        case .open, .sealed, .closed:
            break
        }
    }

    /// Notes that the client has closed its sending side.
    mutating func inputClosed() {
        isInputClosed = true
        if case .lingering = phase { pending.append(cut()) }
    }

    /// Notes that the connection is closed. No action follows.
    mutating func channelClosed() {
        seal()
        phase = .closed
        (ending, outputDue) = (nil, nil)
        pending = []
    }

    /// Notes that the handler of requests is ready for input.
    mutating func wantInput() { wantsRead = true }

    /// Notes that a read of the socket is complete.
    mutating func readCompleted(at now: NIODeadline) {
        isReading = false
        keepPace { $0.pause(at: now) }
        if case .lingering = phase { wantsRead = true }
    }

    /// Notes that the operation reads the body of the present request as a stream. It may then take longer than other requests.
    mutating func bodyIsStream(at now: NIODeadline) {
        guard case .open = phase, reader.place == .body, unanswered == 1 else { return }
        pace = StreamPace(rate: limits.streamRate, slack: TimeAmount(limits.streamSlack))
        inputDue = nil
        if isReading { keepPace { $0.resume(at: now) } }
    }

    // MARK: Actions

    /// Returns the next action, or nil if there is none until another event.
    mutating func next(at now: NIODeadline) -> Action? {
        if !pending.isEmpty { return pending.removeFirst() }
        if !isSending, let ending {
            self.ending = nil
            return end(ending, at: now)
        }
        if case .open = phase {
            do throws(APIError) {
                if let action = try nextOfRequest(at: now) { return action }
            } catch {
                return refuse(error)
            }
        }
        reader.settle()
        return nextOfSocket(at: now)
    }

    private mutating func nextOfRequest(at now: NIODeadline) throws(APIError) -> Action? {
        let place = reader.place
        if place == .betweenRequests {
            guard mayBegin, !reader.isEmpty else { return nil }
            requestDue = now + TimeAmount(limits.request)
        }
        switch try reader.next(limits) {
        case .head(let head):
            isFirst = false
            unanswered += 1
            isLast = head.isLast
            takesInterim = !head.traits.contains(.http10)
            inputDue = requestDue
            return .begin(head)
        case .body(let bytes):
            return .body(bytes)
        case .end:
            pace = nil
            inputDue = unanswered == 0 ? now + TimeAmount(limits.idle) : nil
            if isLast { seal() }
            return .end
        case nil:
            if isInputClosed {
                if reader.place == .body || !reader.hasOnlyEmptyLines { throw .malformed("it is not complete") }
                reader.drop()
                return nil
            }
            if place == .betweenRequests {
                if !isFirst { inputDue = now + TimeAmount(limits.head) }
                isFirst = false
            }
            return nil
        }
    }

    private mutating func refuse(_ error: APIError) -> Action {
        let refusal = reader.refusal(error, limits)
        if reader.place != .body { unanswered += 1 }
        seal()
        return .refuse(refusal)
    }

    private mutating func nextOfSocket(at now: NIODeadline) -> Action? {
        if isHolding { return nil }
        if case .closed = phase { return nil }
        if isInputClosed, !isInputClosedReported {
            isInputClosedReported = true
            return .inputClosed
        }
        guard wantsRead, dropped <= limits.lingerBytes else { return nil }
        wantsRead = false
        isReading = true
        keepPace { $0.resume(at: now) }
        return .read
    }

    // MARK: Responses

    /// Notes that the response to the oldest request without one is about to be written. Returns whether the connection closes after it.
    mutating func responds(closes: Bool, isDraining: Bool, at now: NIODeadline) -> Bool {
        let holdsRequest = holdsRequest
        unanswered -= 1
        var mayBeLast = isLast || isQuiescing || isDraining
        if case .open = phase {} else { mayBeLast = true }
        if closes || (unanswered <= 0 && mayBeLast && !holdsRequest) {
            finish()
            return true
        }
        if isBetweenRequests { inputDue = now + TimeAmount(limits.idle) }
        return false
    }

    /// Notes that the request that just began has no body and got its response at once.
    mutating func respondedAtOnce(at now: NIODeadline) {
        unanswered -= 1
        reader.endWithoutBody()
        inputDue = now + TimeAmount(limits.idle)
    }

    /// Notes how many bytes were written to the connection since its beginning, how many of them the client's system has not taken, and
    /// whether the next request must wait for that.
    mutating func sent(_ written: Int, waiting: Int, isSending: Bool, at now: NIODeadline) {
        if self.isSending, !isSending, isBetweenRequests, unanswered == 0 { inputDue = now + TimeAmount(limits.idle) }
        self.isSending = isSending
        watchOutput(written, waiting: waiting, at: now)
    }

    /// Notes that the handler of requests writes no more.
    mutating func finish() { finish(.inTwoSteps) }

    /// Notes that the server stops. The connection closes when it has no request any more.
    mutating func quiesce() {
        isQuiescing = true
        // The client has sent nothing that was not read, so it loses no response when the connection closes in one step.
        if unanswered == 0, !holdsRequest { finish(.atOnce) }
    }

    private var holdsRequest: Bool { isHolding && reader.holdsHead }

    private mutating func finish(_ ending: Ending) {
        if isEnding { return }
        if case .closed = phase { return }
        isEnding = true
        seal()
        self.ending = ending
    }

    /// Stops reading requests.
    private mutating func seal() {
        reader.drop()
        pace = nil
        inputDue = nil
        phase = .sealed
    }

    /// Closes the connection, whose responses are all sent. A client whose bytes are not read any more would lose the response, so the
    /// second step waits for the client.
    private mutating func end(_ ending: Ending, at now: NIODeadline) -> Action {
        if ending == .atOnce || isInputClosed { return close() }
        phase = .lingering(until: now + TimeAmount(limits.answer))
        inputDue = now + TimeAmount(limits.linger)
        wantsRead = true
        return .closeOutput
    }

    private mutating func close() -> Action {
        phase = .closed
        inputDue = nil
        outputDue = nil
        return .close
    }

    private mutating func cut() -> Action {
        _ = close()
        return .cut
    }

    // MARK: Time

    /// Ends what has taken too long at this time. `written` and `waiting` are those of ``sent(_:waiting:isSending:at:)``. `isAcknowledged`
    /// returns whether the client's system has acknowledged all responses.
    mutating func timePassed(at now: NIODeadline, written: Int, waiting: Int, isAcknowledged: () -> Bool) {
        if let output = outputDue, output.time <= now {
            if written - waiting < output.goal { return pending.append(cut()) }
            outputDue = nil
            watchOutput(written, waiting: waiting, at: now)
        }
        guard let due = inputDue, due <= now else { return }
        switch phase {
        case .open where reader.place != .betweenRequests:
            pending.append(refuse(.clientTimeout))
        case .open where isSending:
            inputDue = now + TimeAmount(limits.idle)
        case .lingering(let end) where end > now && !isAcknowledged():
            inputDue = now + TimeAmount(limits.linger)
        case .lingering where dropped > 0 && !isLingeringLonger:
            isLingeringLonger = true
            inputDue = now + TimeAmount(limits.linger) * 4
        case .open where !isHandshaking:
            pending.append(close())
        case .open, .lingering:
            pending.append(cut())
        case .sealed, .closed:
            inputDue = nil
        }
    }

    /// Starts the deadline for the client to read, if some of the written bytes wait for that.
    private mutating func watchOutput(_ written: Int, waiting: Int, at now: NIODeadline) {
        if waiting == 0 {
            outputDue = nil
        } else if outputDue == nil {
            outputDue = (now + TimeAmount(limits.answer), written)
        }
    }

    private mutating func keepPace(_ change: (inout StreamPace) -> Void) {
        guard var pace else { return }
        change(&pace)
        self.pace = pace
        inputDue = pace.due
    }
}

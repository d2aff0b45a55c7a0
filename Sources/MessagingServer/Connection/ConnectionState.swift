import MessagingContract
import NIOCore

/// The protocol of a connection: HTTP/1.1 within ``Limits``. It is a value without a channel, a clock or a timer: bytes and times go in, and
/// ``next(at:)`` returns the actions that must be taken.
///
/// The deadline of the first head begins with the connection, so it covers a TLS handshake too. Bytes of the next request wait until the
/// client's system has the response to the present one, and meanwhile no more are read.
struct ConnectionState {
    private enum Phase {
        /// Requests are read.
        case open
        /// Further input is not read as a request.
        case sealed
        /// All responses are sent. Input is dropped until the client closes too or this time has passed.
        case lingering(until: NIODeadline)
        case closed
    }

    /// The use of the present request's body.
    private enum BodyUse {
        /// It is not read, since nobody has asked for it yet.
        case undecided
        /// It is passed on as it arrives.
        case whole
        /// It is passed on piece by piece.
        case pieces(isWanted: Bool)
        /// It is dropped, since the request has its response.
        case dropped
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
    private var bodyUse = BodyUse.undecided
    /// Whether the client of the present request sends its body only after an interim response, which it has not got.
    private var expectsContinue = false
    /// Whether a request was refused before it was read completely. No request can be read after it.
    private var isRefused = false
    /// Whether the client of the present request reads interim responses. HTTP/1.0 has none (RFC 9110, section 15.2).
    private(set) var takesInterim = true
    /// Whether the client's system has not taken all of the last response.
    private var isSending = false
    /// Whether a response is being written that ``sent(_:waiting:isSending:at:)`` has not reported.
    private var isWriting = false
    /// Whether the server stops.
    private var isQuiescing = false
    private var isInputClosed = false
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

    /// Whether the next part of a body waits until it is wanted.
    private var isBodyHeld: Bool {
        guard case .open = phase, reader.place == .body else { return false }
        switch bodyUse {
        case .undecided, .pieces(isWanted: false): return true
        case .whole, .pieces, .dropped: return false
        }
    }

    /// Whether all of the present request was read.
    var bodyHasEnded: Bool { reader.place != .body }

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
            // More can wait only when the client has closed its sending side, since the system then delivers all remaining bytes. Those of
            // later requests are dropped, as if the client had not sent them. Those of a held body are at most what the system's window
            // has.
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

    /// Notes that the channel is ready to read.
    mutating func wantInput() { wantsRead = true }

    /// Notes that a read of the socket is complete.
    mutating func readCompleted(at now: NIODeadline) {
        isReading = false
        keepPace { $0.pause(at: now) }
        if case .lingering = phase { wantsRead = true }
    }

    /// Notes that the body of the present request is wanted: whole, or its next piece. A body that is read in pieces may take longer than
    /// other requests, if it keeps a pace.
    mutating func wantBody(inPieces: Bool, at now: NIODeadline) {
        guard case .open = phase, reader.place == .body, unanswered == 1 else { return }
        if expectsContinue {
            expectsContinue = false
            pending.append(.sendContinue)
        }
        if case .undecided = bodyUse {
            if inPieces {
                pace = StreamPace(rate: limits.streamRate, slack: TimeAmount(limits.streamSlack))
                if isReading { keepPace { $0.resume(at: now) } }
            } else {
                inputDue = later(requestDue, than: now)
            }
        }
        bodyUse = inPieces ? .pieces(isWanted: true) : .whole
    }

    // MARK: Actions

    /// Returns the next action, or nil if there is none until another event.
    mutating func next(at now: NIODeadline) -> Action? {
        if !pending.isEmpty { return pending.removeFirst() }
        if case .open = phase {
            do throws(APIError) {
                if let action = try nextOfRequest(at: now) { return action }
            } catch {
                if let action = refuse(error) { return action }
            }
            if isInputClosed, unanswered == 0, isBetweenRequests, reader.isEmpty { finish(.inTwoSteps) }
        }
        if !isWriting, !isSending, let ending {
            self.ending = nil
            return end(ending, at: now)
        }
        reader.settle()
        return nextOfSocket(at: now)
    }

    private mutating func nextOfRequest(at now: NIODeadline) throws(APIError) -> Action? {
        while true {
            let place = reader.place
            if place == .betweenRequests {
                guard mayBegin, !reader.isEmpty else { return nil }
                requestDue = now + TimeAmount(limits.request)
            } else if isBodyHeld {
                return nil
            }
            switch try reader.next(limits) {
            case .head(let head):
                begin(head, at: now)
                return .begin(head)
            case .body(let bytes):
                if case .dropped = bodyUse { continue }
                if case .pieces = bodyUse { bodyUse = .pieces(isWanted: false) }
                return .body(bytes)
            case .end:
                requestEnded(at: now)
                if case .dropped = bodyUse { continue }
                return .end
            case nil:
                if isInputClosed {
                    if reader.place == .body || !reader.hasOnlyEmptyLines { throw .malformed("it is not complete") }
                    reader.drop()
                } else if place == .betweenRequests {
                    if !isFirst { inputDue = now + TimeAmount(limits.head) }
                    isFirst = false
                }
                return nil
            }
        }
    }

    private mutating func begin(_ head: RequestHead, at now: NIODeadline) {
        isFirst = false
        unanswered += 1
        isLast = head.isLast
        takesInterim = !head.traits.contains(.http10)
        expectsContinue = head.expectsContinue
        bodyUse = .undecided
        // The time in which the server does not read the body is not the client's.
        inputDue = nil
        if head.length == .known(0) {
            reader.endWithoutBody()
            requestEnded(at: now)
        }
    }

    private mutating func requestEnded(at now: NIODeadline) {
        pace = nil
        inputDue = unanswered == 0 ? now + TimeAmount(limits.idle) : nil
        if isLast { seal() }
        if isQuiescing { finishIfIdle() }
    }

    /// Refuses what cannot be read. Returns nil if it belongs to a request that has its response: then the connection only closes.
    private mutating func refuse(_ error: APIError) -> Action? {
        let refusal = reader.refusal(error, limits)
        let isAnswered = reader.place == .body && unanswered == 0
        if reader.place != .body { unanswered += 1 }
        isRefused = true
        seal()
        if isAnswered {
            finish(.inTwoSteps)
            return nil
        }
        return .refuse(refusal)
    }

    private mutating func nextOfSocket(at now: NIODeadline) -> Action? {
        if isHolding || isBodyHeld { return nil }
        if case .closed = phase { return nil }
        guard wantsRead, dropped <= limits.lingerBytes else { return nil }
        wantsRead = false
        isReading = true
        keepPace { $0.resume(at: now) }
        return .read
    }

    // MARK: Responses

    /// Notes that the response to the present request, or to a refusal, is about to be written. Returns whether the connection closes after
    /// it. It closes if the client or the server wants that, if a refusal makes it necessary, or if the rest of the body is too long to be
    /// dropped.
    mutating func responds(isDraining: Bool, at now: NIODeadline) -> Bool {
        unanswered -= 1
        isWriting = true
        // What lies behind a body that is not read is not known yet.
        var mayBeLast = isLast || (bodyHasEnded && (isQuiescing || isDraining))
        if case .open = phase {} else { mayBeLast = true }
        if !canContinue || (unanswered <= 0 && mayBeLast && !holdsRequest) {
            finish(.inTwoSteps)
            return true
        }
        if isBetweenRequests {
            inputDue = now + TimeAmount(limits.idle)
        } else if case .undecided = bodyUse {
            inputDue = later(requestDue, than: now)
        }
        bodyUse = .dropped
        return false
    }

    /// Whether the connection may switch to another protocol with the response to the present request.
    func mayUpgrade(isDraining: Bool) -> Bool {
        if case .open = phase { unanswered == 1 && !isQuiescing && !isDraining && !isInputClosed } else { false }
    }

    /// Ends HTTP on this connection, whose last response was 101. Returns the bytes that have arrived behind the last request. No action
    /// follows.
    mutating func upgrade() -> ByteBuffer {
        let rest = reader.takeRest()
        channelClosed()
        return rest
    }

    /// Returns the deadline of a request whose body is read from now on. The client has a moment even if the server has used up its time.
    private func later(_ due: NIODeadline?, than now: NIODeadline) -> NIODeadline? {
        due.map { max($0, now + TimeAmount(limits.linger)) }
    }

    /// Notes that the connection is refused, whatever its client sends.
    mutating func reject() { isRefused = true }

    /// Whether the next request can be reached.
    private var canContinue: Bool {
        if isRefused { return false }
        guard let left = reader.left else { return false }
        return left == 0 || (!expectsContinue && left <= limits.unwantedBytes)
    }

    /// Notes how many bytes were written to the connection since its beginning, how many of them the client's system has not taken, and
    /// whether the next request must wait for that.
    mutating func sent(_ written: Int, waiting: Int, isSending: Bool, at now: NIODeadline) {
        if self.isSending, !isSending, isBetweenRequests, unanswered == 0 { inputDue = now + TimeAmount(limits.idle) }
        self.isSending = isSending
        isWriting = false
        watchOutput(written, waiting: waiting, at: now)
    }

    /// Notes that the server stops. The connection closes when it has no request any more.
    mutating func quiesce() {
        isQuiescing = true
        // A client of which nothing is unread loses no response when the connection closes in one step.
        finishIfIdle(isBetweenRequests && reader.isEmpty ? .atOnce : .inTwoSteps)
    }

    private mutating func finishIfIdle(_ ending: Ending = .inTwoSteps) {
        if unanswered == 0, !holdsRequest { finish(ending) }
    }

    /// Whether the next request has arrived, or at least its head.
    private var holdsRequest: Bool { isBetweenRequests && reader.holdsHead }

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
            if let action = refuse(.clientTimeout) { pending.append(action) }
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

import HTTPTypes
import MessagingContract
import NIOCore
import Randomness
import Testing

@testable import MessagingServer

/// The protocol of a connection as a table: what goes in, and the actions that come out.
@Suite struct ConnectionStateTests {
    /// A connection whose handler is ready for all input.
    private struct Connection {
        var state: ConnectionState
        var now = NIODeadline.uptimeNanoseconds(0)
        /// The actions in short form. Parts of one body that follow each other are one action.
        private(set) var actions: [String] = []
        /// Whether each request gets its response when it ends.
        var responds = false

        init(_ limits: Limits = Limits(), isSecured: Bool = false) {
            state = ConnectionState(limits, isSecured: isSecured, at: now)
            if !isSecured { state.secured() }
            state.wantInput()
            perform()
            actions = []
        }

        mutating func receive(_ text: String) {
            state.received(ByteBuffer(string: text), at: now)
            perform()
            state.readCompleted(at: now)
            state.wantInput()
            perform()
        }

        mutating func respond(isDraining: Bool = false, isSending: Bool = false) {
            if state.responds(isDraining: isDraining, at: now) { actions.append("last") }
            state.sent(100, waiting: isSending ? 100 : 0, isSending: isSending, at: now)
            perform()
        }

        /// The client's system has taken everything.
        mutating func taken() {
            state.sent(100, waiting: 0, isSending: false, at: now)
            perform()
        }

        mutating func pass(_ seconds: Int64, isAcknowledged: Bool = true) {
            now = now + .seconds(seconds)
            if let due = state.due, due <= now {
                state.timePassed(at: now, written: 100, waiting: 0, isAcknowledged: { isAcknowledged })
            }
            perform()
        }

        mutating func perform() {
            while let action = state.next(at: now) {
                switch action {
                case .read: break
                case .begin(let head):
                    actions.append("\(head.method) \(head.text(head.target))")
                    if head.length == .known(0) { ended() } else { state.wantBody(inPieces: false, at: now) }
                case .sendContinue: actions.append("100")
                case .body(let bytes):
                    let text = String(buffer: bytes)
                    if let last = actions.last, last.hasPrefix("+") {
                        actions[actions.count - 1] = last + text
                    } else {
                        actions.append("+\(text)")
                    }
                case .end: ended()
                case .refuse(let refusal): actions.append("\(refusal.error.status) \(refusal.target)")
                case .closeOutput: actions.append("close output")
                case .close: actions.append("close")
                case .cut: actions.append("cut")
                }
            }
        }

        private mutating func ended() {
            actions.append("end")
            if responds {
                _ = state.responds(isDraining: false, at: now)
                state.sent(100, waiting: 0, isSending: false, at: now)
            }
        }

        /// Returns the actions since the last call.
        mutating func take() -> [String] {
            defer { actions = [] }
            return actions
        }
    }

    private static let get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let last = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

    private static func post(_ fields: String, _ body: String) -> String {
        "POST /b HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n\(body)"
    }

    // MARK: Framing

    /// A stream of requests, and the actions that any split of it leads to.
    static let streams: [(bytes: String, actions: [String])] = [
        (get, ["GET /a", "end"]),
        ("\r\n\r\n" + get + "\r\n" + get, ["GET /a", "end", "GET /a", "end"]),
        (post("Content-Length: 3", "abc") + get, ["POST /b", "+abc", "end", "GET /a", "end"]),
        (
            post("Transfer-Encoding: chunked", "2;x=\"y\"\r\nab\r\n1\r\nc\r\n0\r\nT: u\r\n\r\n") + get,
            ["POST /b", "+abc", "end", "GET /a", "end"]
        ),
        (post("Content-Length: 0", get), ["POST /b", "end", "GET /a", "end"]),
        (
            "GET /c HTTP/1.1\r\nHost: h\r\nConnection: keep-alive , Close\r\n\r\n" + get,
            ["GET /c", "end", "last", "close output"]
        ),
        ("GET /c HTTP/1.0\r\n\r\n" + get, ["GET /c", "end", "last", "close output"]),
        (get + "GET  /x HTTP/1.1\r\n", ["GET /a", "end", "400 "]),
        (get + "GET /x HTTP/1.1\r\nA: b\nC: d\r\n\r\n" + get, ["GET /a", "end", "400 /x"]),
        (post("Transfer-Encoding: chunked", "1\r\nab") + get, ["POST /b", "+a", "400 "]),
        (post("Transfer-Encoding: chunked", "0\r\nA\r\n\r\n") + get, ["POST /b", "400 "]),
        (post("Content-Length: 1\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), ["400 /b"]),
        (
            "GET /x HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n" + get,
            ["GET /x", "end", "GET /a", "end"]
        ),
    ]

    private static func actions(of pieces: [ArraySlice<UInt8>]) -> [String] {
        var connection = Connection()
        connection.responds = true
        for piece in pieces { connection.receive(String(decoding: piece, as: UTF8.self)) }
        return connection.take()
    }

    @Test(arguments: streams.indices) func anySplitOfAStreamLeadsToTheSameActions(_ index: Int) {
        let expected = Self.streams[index].actions
        let bytes = Array(Self.streams[index].bytes.utf8)
        let withoutClosing = expected.filter { $0 != "last" }
        #expect(Self.actions(of: [bytes[...]]) == withoutClosing)
        #expect(Self.actions(of: bytes.indices.map { bytes[$0...$0] }) == withoutClosing)
        for cut in bytes.indices {
            #expect(Self.actions(of: [bytes[..<cut], bytes[cut...]]) == withoutClosing, "cut before byte \(cut)")
        }
    }

    @Test func randomSplitsOfRandomStreamsLeadToTheSameActions() {
        var random = SplitMix(seed: 20_261_129)
        for _ in 0..<2_000 {
            let whole = (0..<4).flatMap { _ in Array((Self.streams.randomElement(using: &random)?.bytes ?? "").utf8) }
            var pieces: [ArraySlice<UInt8>] = []
            var rest = whole[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...40, using: &random))
                pieces.append(piece)
                rest = rest[piece.endIndex...]
            }
            #expect(
                Self.actions(of: pieces) == Self.actions(of: [whole[...]]),
                "\(String(decoding: whole, as: UTF8.self))"
            )
        }
    }

    /// Input that was read takes no memory, even if each read ends in the middle of a request.
    @Test func inputTakesMemoryInProportionToTheWaitingBytes() {
        var connection = Connection()
        connection.responds = true
        connection.receive(String(Self.get.prefix(1)))
        let rest = String(Self.get.dropFirst()) + "G"
        for _ in 0..<10_000 { connection.receive(rest) }
        #expect(connection.state.inputMemory <= 1_024)
        #expect(connection.take().count == 20_000)
        connection.receive("ET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1")
        for _ in 0..<10_000 { connection.receive("\r\nX\r\n1") }
        #expect(connection.state.inputMemory <= 1_024)
    }

    @Test func aClosedConnectionBeginsNoWaitingRequest() {
        var connection = Connection()
        connection.receive(Self.get + Self.get)
        connection.state.channelClosed()
        connection.respond()
        #expect(connection.take() == ["GET /a", "end", "last"])
    }

    // MARK: Order

    @Test func theNextRequestWaitsForTheResponse() {
        var connection = Connection()
        connection.receive(Self.get + Self.get)
        #expect(connection.take() == ["GET /a", "end"])
        connection.respond(isSending: true)
        #expect(connection.take() == [])
        connection.taken()
        #expect(connection.take() == ["GET /a", "end"])
    }

    @Test func aConnectionWhoseInputEndsClosesAfterTheWaitingRequest() {
        var connection = Connection()
        connection.receive(Self.get + Self.get)
        connection.state.inputClosed()
        connection.perform()
        #expect(connection.take() == ["GET /a", "end"])
        connection.respond()
        #expect(connection.take() == ["GET /a", "end"])
        connection.respond()
        #expect(connection.take() == ["close"])
    }

    @Test func bytesAboveTheLimitOfWaitingOnesAreDroppedAsIfNotSent() {
        var limits = Limits()
        limits.aheadBytes = Self.get.utf8.count + 3
        var connection = Connection(limits)
        connection.receive(Self.get)
        connection.receive(Self.get)
        connection.receive(Self.get)
        connection.respond()
        #expect(connection.take() == ["GET /a", "end", "GET /a", "end"])
        connection.respond()
        #expect(connection.take() == ["400 "])
        connection.respond()
        #expect(connection.take() == ["last", "close"])
    }

    @Test func aResponseMayComeBeforeTheEndOfTheBody() {
        var connection = Connection()
        connection.receive(Self.post("Content-Length: 3", "a"))
        connection.respond()
        connection.receive("bc" + Self.get)
        #expect(connection.take() == ["POST /b", "+a", "GET /a", "end"])
    }

    @Test func aRequestThatTheInputCutsOffIsRefused() {
        for (bytes, last) in [("GET /x HT", "400 /x"), (Self.post("Content-Length: 3", "a"), "400 ")] {
            var connection = Connection()
            connection.receive(bytes)
            connection.state.inputClosed()
            connection.perform()
            #expect(connection.take().last == last)
            connection.respond()
            #expect(connection.take() == ["last", "close"])
        }
    }

    // MARK: Closing

    @Test func aClosingConnectionDropsInputUntilTheClientCloses() {
        var connection = Connection()
        connection.receive(Self.last)
        connection.respond()
        #expect(connection.take() == ["GET /a", "end", "last", "close output"])
        connection.receive("garbage" + Self.get)
        #expect(connection.take() == [])
        connection.state.inputClosed()
        connection.perform()
        #expect(connection.take() == ["cut"])
    }

    @Test func aClosingConnectionWaitsForTheResponseToBeTaken() {
        var connection = Connection()
        connection.receive(Self.last)
        connection.respond(isSending: true)
        #expect(connection.take() == ["GET /a", "end", "last"])
        connection.taken()
        #expect(connection.take() == ["close output"])
    }

    @Test func aClosingConnectionEndsAfterItsTime() {
        var connection = Connection()
        connection.receive(Self.last)
        connection.respond()
        _ = connection.take()
        connection.pass(1, isAcknowledged: false)
        #expect(connection.take() == [])
        connection.pass(1)
        #expect(connection.take() == ["cut"])
    }

    @Test func aClientThatStillSendsGetsMoreTimeOnce() {
        var connection = Connection()
        connection.receive(Self.last)
        connection.respond()
        connection.receive("more")
        _ = connection.take()
        connection.pass(1)
        #expect(connection.take() == [])
        connection.pass(3)
        #expect(connection.take() == [])
        connection.pass(1)
        #expect(connection.take() == ["cut"])
    }

    @Test func aDrainingServerRespondsToWaitingRequestsFirst() {
        var connection = Connection()
        connection.receive(Self.get + Self.get)
        connection.respond(isDraining: true)
        #expect(connection.take() == ["GET /a", "end", "GET /a", "end"])
        connection.respond(isDraining: true)
        #expect(connection.take() == ["last", "close output"])
    }

    @Test func aStoppingServerClosesAConnectionWithoutARequestAtOnce() {
        var connection = Connection()
        connection.state.quiesce()
        connection.perform()
        #expect(connection.take() == ["close"])
        var busy = Connection()
        busy.receive(Self.get)
        busy.state.quiesce()
        busy.perform()
        #expect(busy.take() == ["GET /a", "end"])
        busy.respond()
        #expect(busy.take() == ["last", "close output"])
    }

    @Test func aStoppingServerRespondsToARequestBehindADroppedBody() {
        var connection = Connection()
        connection.receive(Self.post("Content-Length: 3", "a"))
        connection.state.quiesce()
        connection.respond()
        #expect(connection.take() == ["POST /b", "+a"])
        connection.receive("bc" + Self.get)
        #expect(connection.take() == ["GET /a", "end"])
        connection.respond()
        #expect(connection.take() == ["last", "close output"])
    }

    @Test func aStoppingServerRespondsToARequestThatHasNotBegun() {
        var connection = Connection()
        connection.state.received(ByteBuffer(string: Self.get + Self.get), at: connection.now)
        guard case .begin = connection.state.next(at: connection.now) else {
            Issue.record("no request begins")
            return
        }
        let closes = connection.state.responds(isDraining: false, at: connection.now)
        #expect(!closes)
        connection.state.sent(100, waiting: 0, isSending: false, at: connection.now)
        connection.state.quiesce()
        connection.perform()
        #expect(connection.take() == ["GET /a", "end"])
        connection.respond()
        #expect(connection.take() == ["last", "close output"])
    }

    // MARK: Time

    @Test func eachPhaseHasItsDeadline() {
        var silent = Connection()
        silent.pass(9)
        #expect(silent.take() == [])
        silent.pass(1)
        #expect(silent.take() == ["close"])

        var slow = Connection()
        slow.receive("GET /x")
        slow.pass(10)
        #expect(slow.take() == ["408 /x"])

        var idle = Connection()
        idle.receive(Self.get)
        idle.respond()
        _ = idle.take()
        idle.pass(59)
        #expect(idle.take() == [])
        idle.pass(1)
        #expect(idle.take() == ["close"])

        var body = Connection()
        body.receive(Self.post("Content-Length: 9", "a"))
        body.pass(29)
        #expect(body.take() == ["POST /b", "+a"])
        body.pass(1)
        #expect(body.take() == ["408 "])
    }

    @Test func aRequestThatIsBeingHandledHasNoDeadline() {
        var connection = Connection()
        connection.receive(Self.get)
        connection.pass(100_000)
        #expect(connection.take() == ["GET /a", "end"])
    }

    @Test func theFirstDeadlineCoversTheHandshake() {
        var connection = Connection(isSecured: true)
        connection.pass(10)
        #expect(connection.take() == ["cut"])
    }
}

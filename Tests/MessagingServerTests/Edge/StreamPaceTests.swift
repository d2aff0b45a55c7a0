import MessagingContract
import NIOCore
import Testing

@testable import MessagingServer

/// The time for a body that is read as it arrives. The test passes the time.
@Suite struct StreamPaceTests {
    /// The state of a connection in the middle of a body.
    private struct Body {
        var state: ConnectionState
        var now = NIODeadline.uptimeNanoseconds(0)
        var refusals: [Refusal] = []
        private let isStream: Bool

        init(isStream: Bool) {
            self.isStream = isStream
            state = ConnectionState(Limits(), isSecured: false, at: now)
            state.secured()
            state.wantInput()
            let head = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: \(1 << 30)\r\n\r\n"
            state.received(ByteBuffer(string: head), at: now)
            perform()
            state.readCompleted(at: now)
            if !isStream { state.wantBody(inPieces: false, at: now) }
            perform()
        }

        /// The server reads, and this many bytes arrive.
        mutating func receive(_ count: Int) {
            wait()
            state.received(ByteBuffer(repeating: 0x20, count: count), at: now)
            perform()
            state.readCompleted(at: now)
        }

        /// The server begins to wait for bytes.
        mutating func wait() {
            if isStream { state.wantBody(inPieces: true, at: now) }
            state.wantInput()
            perform()
        }

        mutating func pass(_ seconds: Int64) {
            now = now + .seconds(seconds)
            if let due = state.due, due <= now {
                state.timePassed(at: now, written: 0, waiting: 0, isAcknowledged: { true })
            }
            perform()
        }

        private mutating func perform() {
            while let action = state.next(at: now) {
                switch action {
                case .refuse(let refusal): refusals.append(refusal)
                case .body where isStream: state.wantBody(inPieces: true, at: now)
                default: break
                }
            }
        }
    }

    @Test func aWholeBodyHasTheTimeOfARequest() {
        var body = Body(isStream: false)
        for _ in 0..<29 {
            body.receive(100_000)
            body.pass(1)
        }
        #expect(body.refusals.isEmpty)
        body.pass(2)
        #expect(body.refusals.map(\.error.status) == [408])
    }

    @Test func aStreamThatKeepsItsPaceHasNoTimeLimit() {
        var body = Body(isStream: true)
        for _ in 0..<600 {
            body.receive(16 * 1_024)
            body.wait()
            body.pass(1)
        }
        #expect(body.refusals.isEmpty)
    }

    @Test func aStreamThatIsTooSlowIsRefused() {
        var body = Body(isStream: true)
        for second in 0..<60 {
            if second == 18 { #expect(body.refusals.isEmpty) }
            body.receive(8 * 1_024)
            body.wait()
            body.pass(1)
        }
        #expect(body.refusals.map(\.error.status) == [408])
    }

    @Test func aStalledStreamIsRefusedHoweverFastItWas() {
        var body = Body(isStream: true)
        body.receive(100_000_000)
        body.wait()
        body.pass(9)
        #expect(body.refusals.isEmpty)
        body.pass(2)
        #expect(body.refusals.map(\.error.status) == [408])
    }

    @Test func timeInWhichTheServerDoesNotReadDoesNotCount() {
        var body = Body(isStream: true)
        for _ in 0..<10 {
            body.receive(1)
            body.pass(3_600)
        }
        #expect(body.refusals.isEmpty)
        body.wait()
        body.pass(9)
        #expect(body.refusals.isEmpty)
        body.pass(2)
        #expect(body.refusals.map(\.error.status) == [408])
    }
}

import Testing

@testable import MessagingPostgres

@Suite struct BreakerTests {
    private let start = ContinuousClock.now

    /// Returns a breaker after a failed connection, with so many other sessions.
    private func broken(sessions: Int = 0) -> (breaker: Breaker, isOutage: Bool) {
        var breaker = Breaker()
        for _ in 0..<sessions { breaker.connected() }
        let isOutage = breaker.couldNotConnect("away", at: start)
        return (breaker, isOutage)
    }

    @Test func callsAreRefusedDuringAnOutageButForOneAfterEachPause() {
        var (breaker, isOutage) = broken()
        let (later, last) = (start + Breaker.pause, start + Breaker.pause * 2)
        var admissions = [start, later, last].map { breaker.admit(at: $0) }
        #expect(isOutage)
        #expect(admissions == [.fail(cause: "away"), .probe, .fail(cause: "away")])
        breaker.probeEnded(at: later)
        admissions = [later, last].map { breaker.admit(at: $0) }
        #expect(admissions == [.fail(cause: "away"), .probe])
    }

    @Test func anAnswerEndsAnOutage() {
        var breaker = broken().breaker
        breaker.connected()
        let wasAway = [breaker.answered(), breaker.answered()]
        #expect(wasAway == [true, false])
        let admission = breaker.admit(at: start)
        #expect(admission == .run)
    }

    /// Such as when the database accepts no more connections.
    @Test func aSessionThatWorksMeansThatTheDatabaseIsThere() {
        var (breaker, isOutage) = broken(sessions: 1)
        #expect(!isOutage && breaker.outage == nil)
        breaker.disconnected()
        isOutage = breaker.couldNotConnect("away", at: start)
        #expect(isOutage && breaker.outage == "away")
    }
}

import Foundation
import MessagingCore
import Testing

/// Each test is a table: seconds of the monotonic clock, seconds of the wall clock, and the time that may be relied on.
@Suite struct SweepClockTests {
    private static let day = 86_400.0
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let origin = ContinuousClock.now

    private func expect(
        _ table: [(passed: Double, wall: Double, time: Double)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var clock = SweepClock(time: Self.start, at: Self.origin)
        for (passed, wall, time) in table {
            let advanced = clock.advance(
                to: Self.start.addingTimeInterval(wall),
                at: Self.origin + .milliseconds(Int(passed * 1000))
            )
            let seconds = advanced.timeIntervalSince(Self.start)
            #expect(abs(seconds - time) < 1, "\(passed) s: \(seconds)", sourceLocation: sourceLocation)
        }
    }

    @Test func itFollowsTheWallClock() {
        expect([(0, 0, 0), (60, 60, 60), (3_600, 3_600, 3_600), (30 * Self.day, 30 * Self.day, 30 * Self.day)])
    }

    @Test func aJumpForwardIsNotFollowed() {
        let jump = 500 * Self.day
        expect([(60, 60, 60), (65, jump + 65, 65), (70, 70, 70), (130, 130, 130)])
    }

    @Test func aJumpBackIsFollowedAndItsEndIsNot() {
        expect([(60, 60, 60), (120, -Self.day, -Self.day), (180, 180, -Self.day + 60)])
    }

    @Test func aJumpThatStaysForADayIsFollowed() {
        let jump = 500 * Self.day
        expect([
            (0, 0, 0), (60, jump + 60, 60), (43_260, jump + 43_260, 43_260 + 43.2),
            (86_400, jump + 86_400, 86_400 + 86.3),
            (86_460, jump + 86_460, jump + 86_460), (86_520, jump + 86_520, jump + 86_520),
        ])
    }

    /// Two jumps within a day: only the part that stayed for a day counts, and the rest waits for another day.
    @Test func onlyTheSmallestJumpIsFollowed() {
        let (small, large) = (10 * Self.day, 500 * Self.day)
        expect([
            (0, small, 0), (80_000, large + 80_000, 80_080), (86_400, large + 86_400, small + 86_400),
            (86_460, large + 86_460, small + 86_460),
            (2 * Self.day + 60, large + 2 * Self.day + 60, large + 2 * Self.day + 60),
        ])
    }

    @Test func aJumpThatEndsBeforeADayIsForgotten() {
        let jump = 500 * Self.day
        expect([
            (0, jump, 0), (86_000, jump + 86_000, 86_086), (86_200, 86_200, 86_200), (86_300, jump + 86_300, 86_300),
            (86_401, jump + 86_401, 86_401),
        ])
    }

    /// A server that was off for a minute has caught up within the day, long before it would believe the wall clock.
    @Test func aSmallLeadIsCorrected() {
        expect([(0, 60, 0), (30_000, 30_060, 30_030), (61_000, 61_060, 61_060)])
    }

    @Test func timesBefore1970Work() {
        var clock = SweepClock(time: Date(timeIntervalSince1970: -1e10), at: Self.origin)
        let wall = Date(timeIntervalSince1970: -1e10 + 60)
        #expect(clock.advance(to: wall, at: Self.origin + .seconds(60)) == wall)
        #expect(clock.advance(to: .distantPast, at: Self.origin + .seconds(61)) == .distantPast)
        #expect(clock.advance(to: .distantFuture, at: Self.origin + .seconds(62)) < wall)
    }
}

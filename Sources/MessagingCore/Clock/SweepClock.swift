public import struct Foundation.Date

/// The time by which old things may be dropped for good: the wall clock, but never further on than the monotonic clock says.
///
/// A wall clock may jump ahead by mistake, and what is dropped does not come back. This clock follows the wall clock back, and forward only
/// at the pace of the monotonic clock, with ``drift``. When the wall clock stays ahead for ``patience``, that was no mistake, and this
/// clock catches up with the least that the wall clock was ahead in that time. A process that is stopped for a while and a system
/// whose monotonic clock stands still meanwhile look alike: what is dropped is dropped a day later then.
///
/// A start does not trust the wall clock either: it begins with the time that the last process remembered.
public struct SweepClock: Sendable {
    /// How much faster than the monotonic clock this clock may go, as a part of 1. It makes up for a jump of a minute in 17 hours.
    public static let drift = 0.001
    /// For how long the wall clock has to stay ahead before it is believed.
    public static let patience = Duration.seconds(86_400)

    /// What it said last.
    public private(set) var time: Date
    private var instant: ContinuousClock.Instant
    /// Since when the wall clock is ahead, and what it would have shown then at most, judged by all that it showed since.
    private var lead: (since: ContinuousClock.Instant, wall: Date)?

    /// By how many seconds the wall clock was ahead at the last look; 0 when it was not.
    public private(set) var secondsAhead = 0.0

    /// A clock that begins with this time at an instant of the monotonic clock.
    public init(time: Date, at instant: ContinuousClock.Instant) {
        self.time = time
        self.instant = instant
    }

    /// Sets the clock on, and returns the time by which old things may be dropped.
    public mutating func advance(to wall: Date, at now: ContinuousClock.Instant) -> Date {
        let passed = max(0, (now - instant) / .seconds(1))
        instant = max(instant, now)
        time = time.addingTimeInterval(passed * (1 + Self.drift))
        guard wall > time else {
            lead = nil
            secondsAhead = 0
            time = wall
            return time
        }
        let since = lead?.since ?? now
        let standing = (now - since) / .seconds(1)
        let start = min(lead?.wall ?? wall, wall.addingTimeInterval(-standing))
        lead = (since, start)
        if now - since >= Self.patience {
            time = max(time, start.addingTimeInterval(standing))
            lead = nil
        }
        secondsAhead = wall.timeIntervalSince(time)
        return time
    }
}

public import struct Foundation.Date

/// The time that decides which old records may be dropped: the wall clock, but never ahead of the monotonic clock.
///
/// A wall clock may jump ahead by mistake, and a dropped record cannot be restored. This clock follows the wall clock back. It goes forward
/// only at the pace of the monotonic clock, with ``drift``. If the wall clock stays ahead for ``patience``, that was no mistake. Then this
/// clock advances by the least time that the wall clock was ahead in that period. A process that is stopped for a while and a system whose
/// monotonic clock stands still cannot be distinguished. In both cases records are dropped a day later.
///
/// A start does not trust the wall clock either: it begins with the last stored time of the previous process.
public struct SweepClock: Sendable {
    /// The part of 1 by which this clock may run faster than the monotonic clock. It makes up for a jump of a minute in 17 hours.
    public static let drift = 0.001
    /// The time for which the wall clock must stay ahead before it is trusted.
    public static let patience = Duration.seconds(86_400)

    /// The last returned time.
    public private(set) var time: Date
    private var instant: ContinuousClock.Instant
    /// The instant since which the wall clock is ahead, and the latest time that it can have shown then, by all its readings since.
    private var lead: (since: ContinuousClock.Instant, wall: Date)?

    /// The seconds by which the wall clock was ahead at the last reading; 0 if it was not.
    public private(set) var secondsAhead = 0.0

    /// Creates a clock that begins with this time at an instant of the monotonic clock.
    public init(time: Date, at instant: ContinuousClock.Instant) {
        self.time = time
        self.instant = instant
    }

    /// Advances the clock, and returns the time that decides which records may be dropped.
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

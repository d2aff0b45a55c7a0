import NIOCore

/// The pace that a body must keep which is read while it comes: it has some time, which passes while the server waits for bytes and grows
/// with each byte that comes, never beyond what it began with. Time in which the server does not read does not count.
struct StreamPace {
    private let rate: Int
    private let slack: TimeAmount
    private var left: TimeAmount
    private var since: NIODeadline?

    /// A body that must bring `rate` bytes a second and may fall behind by `slack`; nobody waits for it yet.
    init(rate: Int, slack: TimeAmount) {
        self.rate = rate
        self.slack = slack
        left = slack
    }

    /// When the time is over; nil while the server does not wait.
    var due: NIODeadline? { since.map { $0 + left } }

    /// The server begins to wait.
    mutating func resume(at now: NIODeadline) {
        spend(until: now)
        since = now
    }

    /// The server does not wait any more.
    mutating func pause(at now: NIODeadline) {
        spend(until: now)
        since = nil
    }

    /// So many bytes came.
    mutating func came(_ bytes: Int, at now: NIODeadline) {
        spend(until: now)
        let (earned, isMore) = Int64(bytes).multipliedReportingOverflow(by: 1_000_000_000)
        left = isMore ? slack : min(slack, left + .nanoseconds(earned / Int64(max(1, rate))))
    }

    private mutating func spend(until now: NIODeadline) {
        guard let since else { return }
        left = left - (now - since)
        self.since = now
    }
}

import NIOCore

/// The pace that a body read as a stream must keep. It has an amount of time, which drains while the server waits for bytes and refills
/// with each received byte, up to its initial value. The time in which the server does not read does not count.
struct StreamPace {
    private let rate: Int
    private let slack: TimeAmount
    private var left: TimeAmount
    private var since: NIODeadline?

    /// Creates the pace of a body that must bring `rate` bytes per second and may fall behind by `slack`. The server does not wait yet.
    init(rate: Int, slack: TimeAmount) {
        self.rate = rate
        self.slack = slack
        left = slack
    }

    /// The deadline of the pace; nil while the server does not wait.
    var due: NIODeadline? { since.map { $0 + left } }

    /// Notes that the server begins to wait.
    mutating func resume(at now: NIODeadline) {
        spend(until: now)
        since = now
    }

    /// Notes that the server does not wait any more.
    mutating func pause(at now: NIODeadline) {
        spend(until: now)
        since = nil
    }

    /// Notes that bytes arrived.
    mutating func received(_ bytes: Int, at now: NIODeadline) {
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

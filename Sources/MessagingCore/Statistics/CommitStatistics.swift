/// Counts and durations of commits since the start.
public struct CommitStatistics: Sendable {
    /// The number of commits by outcome.
    public private(set) var outcomes: [CommitOutcome: Int] = [
        .committed: 0, .conflict: 0, .unavailable: 0, .unknown: 0,
    ]
    /// The number of writes of each commit.
    public private(set) var writes = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    /// The seconds from handing a commit to the store until its outcome, with the wait for the transaction before.
    public private(set) var seconds = Histogram(bounds: Histogram.seconds)
    /// The number of waiting writes.
    public internal(set) var waiting = 0

    mutating func count(_ outcome: CommitOutcome, writes: Int, in duration: Duration) {
        outcomes[outcome, default: 0] += 1
        self.writes.add(Double(writes))
        seconds.add(duration / .seconds(1))
    }
}

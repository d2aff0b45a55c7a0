/// What became of the writes since the start.
public struct CommitStatistics: Sendable {
    /// Commits by their outcome.
    public private(set) var outcomes: [CommitOutcome: Int] = [
        .committed: 0, .conflict: 0, .unavailable: 0, .unknown: 0,
    ]
    /// Writes that shared a commit.
    public private(set) var writes = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    /// Seconds that the store took for the commits of one call.
    public private(set) var seconds = Histogram(bounds: Histogram.seconds)
    /// Writes that wait for their turn.
    public internal(set) var waiting = 0

    mutating func count(_ outcome: CommitOutcome, writes: Int) {
        outcomes[outcome, default: 0] += 1
        self.writes.add(Double(writes))
    }

    mutating func count(_ duration: Duration) { seconds.add(duration / .seconds(1)) }
}

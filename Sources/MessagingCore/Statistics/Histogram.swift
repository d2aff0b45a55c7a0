/// Counts of values by upper bounds.
public struct Histogram: Sendable {
    /// The bounds, ascending.
    public let bounds: [Double]
    /// The number of values up to each bound and above the previous one. The last count is that of values above all bounds.
    public private(set) var counts: [Int]
    /// The sum of all values.
    public private(set) var sum = 0.0

    /// Creates a histogram without values.
    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Counts a value.
    public mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Adds the counts of another histogram with the same bounds.
    package mutating func add(_ other: Histogram) {
        assert(bounds == other.bounds)
        for (place, count) in zip(counts.indices, other.counts) { counts[place] += count }
        sum += other.sum
    }

    /// Bounds for durations in seconds, from half a millisecond to ten seconds.
    public static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
}

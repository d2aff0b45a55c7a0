import MessagingContract
import MessagingCore
import Synchronization

/// The counts of handled requests by operation and status, and their durations.
///
/// The counts are striped, so that threads seldom wait for each other.
final class RequestMetrics: Sendable {
    /// The numbers of one operation's requests.
    struct Counts: Sendable {
        var statuses: [Int: Int] = [:]
        var seconds = Histogram(bounds: Histogram.seconds)

        /// Adds other counts.
        mutating func add(_ other: Counts) {
            statuses.merge(other.statuses, uniquingKeysWith: +)
            seconds.add(other.seconds)
        }
    }

    /// The counts of one operation.
    final class Counter: Sendable {
        private let stripes = Striped(Counts())

        /// The sums of all stripes.
        fileprivate var counts: Counts { stripes.values.reduce(into: Counts()) { $0.add($1) } }

        /// Counts a response.
        func count(status: Int, seconds: Double) {
            stripes.withLock { counts in
                counts.statuses[status, default: 0] += 1
                counts.seconds.add(seconds)
            }
        }
    }

    private let counters: [String: Counter]
    /// The counts of requests without an operation.
    let others = Counter()
    private let refused = Mutex<[Int: Int]>([:])

    init(_ operations: [APIOperation]) {
        counters = Dictionary(operations.map { ($0.id, Counter()) }) { first, _ in first }
    }

    /// Returns the counts of an operation.
    func counter(of operation: APIOperation) -> Counter { counters[operation.id] ?? others }

    /// Counts the response to input that did not become a request.
    func countRefusal(status: Int) { refused.withLock { $0[status, default: 0] += 1 } }

    /// The counts by name of the operation, in order. Requests without an operation count under `none`.
    var operations: [(name: String, counts: Counts)] {
        let all = counters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("none", others)]
        return all.map { ($0.0, $0.1.counts) }.filter { !$0.counts.statuses.isEmpty }
    }

    /// The numbers of refusals by status.
    var refusals: [Int: Int] { refused.withLock { $0 } }
}

import MessagingContract
import MessagingCore
import Synchronization

/// The counts of handled requests by operation and status, and their durations.
///
/// Each operation has its own lock, which is held for about a dozen nanoseconds.
final class RequestMetrics: Sendable {
    /// The numbers of one operation's requests.
    struct Counts: Sendable {
        var statuses: [Int: Int] = [:]
        var seconds = Histogram(bounds: Histogram.seconds)
    }

    /// The counts of one operation.
    final class Counter: Sendable {
        fileprivate let counts = Mutex(Counts())

        /// Counts a response.
        func count(status: Int, seconds: Double) {
            counts.withLock { counts in
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
        return all.map { ($0.0, $0.1.counts.withLock { $0 }) }.filter { !$0.counts.statuses.isEmpty }
    }

    /// The numbers of refusals by status.
    var refusals: [Int: Int] { refused.withLock { $0 } }
}

import MessagingContract
import MessagingCore
import Synchronization

/// Counts answered requests by operation and status, and the time that they took.
///
/// Each operation has a lock of its own, which is held for some dozen nanoseconds.
final class RequestMetrics: Sendable {
    /// What is counted of one operation.
    struct Counts: Sendable {
        var statuses: [Int: Int] = [:]
        var seconds = Histogram(bounds: Histogram.seconds)
    }

    /// The counts of one operation.
    final class Cell: Sendable {
        fileprivate let counts = Mutex(Counts())

        /// Counts an answer.
        func count(status: Int, seconds: Double) {
            counts.withLock { counts in
                counts.statuses[status, default: 0] += 1
                counts.seconds.add(seconds)
            }
        }
    }

    private let cells: [String: Cell]
    /// For what no operation is for.
    let others = Cell()
    private let atOnce = Atomic(0)
    private let refused = Mutex<[Int: Int]>([:])

    init(_ operations: [APIOperation]) {
        cells = Dictionary(operations.map { ($0.id, Cell()) }) { first, _ in first }
    }

    /// The counts of an operation.
    func cell(_ operation: APIOperation) -> Cell { cells[operation.id] ?? others }

    /// How many requests were answered where they arrived.
    var readsAtOnce: Int { atOnce.load(ordering: .relaxed) }

    /// Counts a request that was answered where it arrived.
    func countReadAtOnce() { atOnce.add(1, ordering: .relaxed) }

    /// Counts the answer to what did not become a request.
    func countRefusal(status: Int) { refused.withLock { $0[status, default: 0] += 1 } }

    /// What was counted, by the operations' names in order; `none` is what no operation is for.
    var operations: [(name: String, counts: Counts)] {
        let all = cells.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("none", others)]
        return all.map { ($0.0, $0.1.counts.withLock { $0 }) }.filter { !$0.counts.statuses.isEmpty }
    }

    /// Refusals by status.
    var refusals: [Int: Int] { refused.withLock { $0 } }
}

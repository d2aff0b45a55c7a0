import Foundation
import Synchronization

/// The number of calls in a time, and their processor time.
struct Load: Sendable {
    let calls: Int
    let seconds: Double
    /// The processor time; nil if it was not measured.
    let processorSeconds: Double?
    /// Durations of the calls in microseconds, ascending.
    let microseconds: [Double]

    /// Calls `body` from `concurrency` tasks, each again and again, for some seconds, after a tenth of that time which is not counted.
    /// `body` gets the number of its task.
    static func run(
        seconds: Double,
        concurrency: Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Load {
        _ = try await pass(seconds / 10, concurrency, body)
        let start = ContinuousClock.now
        let processor = processorTime()
        let durations = try await pass(seconds, concurrency, body)
        return Load(
            calls: durations.count,
            seconds: start.duration(to: .now) / .seconds(1),
            processorSeconds: processorTime() - processor,
            microseconds: durations.sorted()
        )
    }

    private static func pass(
        _ seconds: Double,
        _ concurrency: Int,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> [Double] {
        let end = ContinuousClock.now + .seconds(seconds)
        return try await withThrowingTaskGroup(of: [Double].self) { group in
            for task in 0..<concurrency {
                group.addTask {
                    var durations: [Double] = []
                    var now = ContinuousClock.now
                    while now < end {
                        try await body(task)
                        let then = now
                        now = .now
                        durations.append(then.duration(to: now) / .microseconds(1))
                    }
                    return durations
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Prints one line of JSON; each call did `perCall` of what is counted.
    func print(perCall: Int = 1) {
        let done = Double(calls * perCall)
        var fields = [("rps", done / seconds), ("p50_us", quantile(0.5)), ("p99_us", quantile(0.99))]
        if let processorSeconds { fields.append(("cpu_us", processorSeconds * 1_000_000 / max(done, 1))) }
        Swift.print("{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}")
    }

    private func quantile(_ share: Double) -> Double {
        microseconds.isEmpty ? 0 : microseconds[Int(Double(microseconds.count - 1) * share)]
    }

    /// The processor time of this process so far, in seconds.
    static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }
}

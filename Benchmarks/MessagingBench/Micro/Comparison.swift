import Foundation
import MessagingContract

#if canImport(CDispatch)
    import CDispatch
#endif

/// A comparison of several ways to do the same work. The first way is ours.
struct Comparison {
    /// The name of the work.
    let name: String
    /// The ways, ours first.
    let ways: [Way]

    init(_ name: String, _ ways: [Way]) {
        self.name = name
        self.ways = ways
    }

    /// A way to do the work. `body` returns a number that depends on the result, so that the compiler cannot remove the work.
    struct Way {
        let name: String
        let body: () throws -> Int

        init(_ name: String, _ body: @escaping () throws -> Int) {
            self.name = name
            self.body = body
        }
    }
}

/// The time of one way.
struct Timing {
    let name: String
    /// Nanoseconds of processor time for one operation: the median of the rounds.
    let nanoseconds: Double
    /// The ratio of its time to that of our way in the same round: the median of the rounds.
    let ratio: Double
}

extension Comparison {
    /// Runs the ways in turn, `rounds` times, so that what else the machine does meets all of them; every round of a way lasts
    /// `seconds` of processor time. One round before the others is not counted.
    func measure(rounds: Int, seconds: Double) throws -> [Timing] {
        let batches = try ways.map { try $0.operations(lasting: seconds) }
        var times = ways.map { _ in [Double]() }
        for round in 0...rounds {
            for (index, way) in ways.enumerated() {
                let time = try way.time(batches[index])
                if round > 0 { times[index].append(time) }
            }
        }
        return ways.indices.map { index in
            Timing(
                name: ways[index].name,
                nanoseconds: median(times[index]) * 1_000_000_000,
                ratio: median(zip(times[index], times[0]).map { $0 / $1 })
            )
        }
    }
}

extension Comparison.Way {
    /// How many operations last about so many seconds.
    fileprivate func operations(lasting seconds: Double) throws -> Int {
        var count = 1
        while true {
            let time = try time(count) * Double(count)
            if time > seconds / 8 { return max(1, Int(Double(count) * seconds / time)) }
            count *= 4
        }
    }

    /// The seconds of processor time that one operation takes, on the average of `count`.
    fileprivate func time(_ count: Int) throws -> Double {
        let start = threadTime()
        for _ in 0..<count { _ = try body() }
        return (threadTime() - start) / Double(count)
    }
}

private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}

/// The processor time of this thread so far, in seconds.
private func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
}

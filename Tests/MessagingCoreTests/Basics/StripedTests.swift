import Foundation
import MessagingCore
import Testing

@Suite struct StripedTests {
    /// More threads than copies.
    @Test func noCountIsLost() async {
        let counts = Striped(0)
        let threads = 40
        await withCheckedContinuation { continuation in
            let ended = Striped(0)
            for _ in 0..<threads {
                Thread.detachNewThread {
                    for _ in 0..<1_000 { counts.withLock { $0 += 1 } }
                    ended.withLock { $0 += 1 }
                }
            }
            Thread.detachNewThread {
                while ended.values.reduce(0, +) < threads { Thread.sleep(forTimeInterval: 0.001) }
                continuation.resume()
            }
        }
        #expect(counts.values.reduce(0, +) == threads * 1_000)
        #expect(counts.values.filter { $0 > 0 }.count == counts.values.count)
    }

    @Test func aThreadAlwaysUsesTheSameCopy() {
        let counts = Striped(0)
        for _ in 0..<1_000 { counts.withLock { $0 += 1 } }
        #expect(counts.values.filter { $0 > 0 } == [1_000])
    }
}

import Foundation
import MessagingCore
import Synchronization
import Testing

@Suite struct StripedTests {
    /// More threads than copies.
    @Test func noCountIsLost() async {
        let counts = Striped(0)
        let threads = 40
        let ended = Mutex(0)
        await withCheckedContinuation { continuation in
            for _ in 0..<threads {
                Thread.detachNewThread {
                    for _ in 0..<1_000 { counts.withLock { $0 += 1 } }
                    let isLast = ended.withLock { ended in
                        ended += 1
                        return ended == threads
                    }
                    if isLast { continuation.resume() }
                }
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

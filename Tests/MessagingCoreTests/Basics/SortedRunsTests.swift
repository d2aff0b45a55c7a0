import MessagingCore
import Randomness
import Testing

@Suite struct SortedRunsTests {
    private func sorted(_ parts: [[Int]]) -> [Int] {
        var runs = SortedRuns<Int>(by: <)
        parts.forEach { runs.append($0) }
        while runs.step() {}
        return runs.removeAll()
    }

    @Test func elementsOfManyPartsAreSorted() {
        var random = SplitMix(seed: 1)
        for count in [0, 1, 2, 3, 4, 5, 7, 8, 9, 30] {
            let parts = (0..<count).map { _ in
                (0..<Int.random(in: 0...2_000, using: &random)).map { _ in Int.random(in: 0...5_000, using: &random) }
            }
            #expect(sorted(parts) == parts.flatMap(\.self).sorted())
        }
        let ascending = Array(0..<50_000)
        let parts = stride(from: 0, to: 50_000, by: 1_000).map { Array(ascending[$0..<$0 + 1_000]) }
        #expect(sorted(parts) == ascending)
        #expect(sorted(parts.reversed()) == ascending)
    }

    @Test func noStepComparesManyElements() {
        var random = SplitMix(seed: 2)
        var comparisons = 0
        var runs = SortedRuns<Int> { left, right in
            comparisons += 1
            return left < right
        }
        for _ in 0..<100 { runs.append((0..<1_000).map { _ in Int.random(in: 0...(1 << 40), using: &random) }) }
        var most = 0
        var all = 0
        var isLeft = true
        while isLeft {
            comparisons = 0
            isLeft = runs.step()
            most = max(most, comparisons)
            all += comparisons
        }
        #expect(most <= 9_000)
        #expect(all < 100_000 * 8)
    }
}

import Testing

@testable import MessagingService

@Suite struct MemoryWatchTests {
    private static let mebibyte = 1 << 20

    /// The decisions of a watch for these consecutive measurements in MiB.
    private static func decisions(_ measured: [(load: Int, resident: Int)], from start: Int = 50) -> [Bool] {
        var watch = MemoryWatch(resident: start * mebibyte)
        return measured.map { watch.isDue(load: $0.load * mebibyte, resident: $0.resident * mebibyte) }
    }

    @Test func memoryIsReturnedWhenTheLoadHasFallen() {
        #expect(Self.decisions([(0, 50), (8, 50), (8, 50), (4, 50)]) == [false, false, false, true])
    }

    /// Connections free their last memory some time after they are closed.
    @Test func memoryIsReturnedAgainSomePeriodsAfterAFall() {
        var watch = MemoryWatch(resident: 50 * Self.mebibyte)
        var due: [Int] = []
        for (period, load) in [8, 8, 4, 0, 0, 0, 0, 0, 0, 0].enumerated() {
            guard watch.isDue(load: load * Self.mebibyte, resident: 50 * Self.mebibyte) else { continue }
            due.append(period)
            watch.gaveBack(resident: 50 * Self.mebibyte)
        }
        #expect(due == [2, 3, 6])
    }

    @Test func memoryIsReturnedWhenItHasStoppedGrowing() {
        #expect(Self.decisions([(0, 60), (0, 80), (0, 300), (0, 299)]) == [false, false, false, true])
        #expect(Self.decisions([(0, 65), (0, 65)]) == [false, false])
    }

    @Test func memoryInUseIsNotReturnedAgainAndAgain() {
        let mebibyte = Self.mebibyte
        var watch = MemoryWatch(resident: 50 * mebibyte)
        var due: [Int] = []
        for period in 0..<130 {
            let resident = (period < 1 ? 50 : period < 70 ? 290 : 100) * mebibyte
            guard watch.isDue(load: 0, resident: resident) else { continue }
            due.append(period)
            watch.gaveBack(resident: resident)
        }
        #expect(due == [2, 62, 122])
    }

    @Test func memoryThatHasFallenMayGrowAgain() {
        #expect(Self.decisions([(0, 50), (0, 20), (0, 40), (0, 40)]) == [false, false, false, true])
    }
}

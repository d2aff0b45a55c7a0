import Synchronization
import Testing

@testable import MessagingServer

@Suite struct UnsentResponsesTests {
    private final class Cuts: Sendable {
        private let numbers = Mutex<[Int]>([])
        var all: [Int] { numbers.withLock { $0 } }
        func cut(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test func theOldestAreCutUntilTheRestFits() {
        let unsent = UnsentResponses()
        let cuts = Cuts()
        let tickets = (0..<4).map { number in unsent.add(10, atMost: 40) { cuts.cut(number) } }
        #expect(cuts.all.isEmpty)
        unsent.remove(tickets[1])
        _ = unsent.add(25, atMost: 40) { cuts.cut(4) }
        #expect(cuts.all == [0, 2])
        #expect(unsent.bytes == 35)
        #expect(unsent.cuts == 2)
        unsent.remove(tickets[0])
        #expect(unsent.bytes == 35)
    }

    @Test func aClientThatTookAPartIsTheLastToBeCut() throws {
        let unsent = UnsentResponses()
        let cuts = Cuts()
        let tickets = (0..<3).map { number in unsent.add(10, atMost: 30) { cuts.cut(number) } }
        let renewed = try #require(unsent.renew(tickets[0]))
        #expect(unsent.renew(tickets[0]) == nil)
        #expect((unsent.bytes, unsent.added) == (30, 3))
        _ = unsent.add(20, atMost: 30) { cuts.cut(3) }
        #expect(cuts.all == [1, 2])
        unsent.remove(renewed)
        #expect(unsent.bytes == 20)
    }

    @Test func aResponseLargerThanTheLimitIsCutItself() {
        let unsent = UnsentResponses()
        let cuts = Cuts()
        _ = unsent.add(41, atMost: 40) { cuts.cut(0) }
        #expect(cuts.all == [0])
        #expect(unsent.bytes == 0)
    }

    @Test func theOrderHoldsAfterManyResponses() {
        let unsent = UnsentResponses()
        let cuts = Cuts()
        let first = unsent.add(1, atMost: 40) { cuts.cut(-1) }
        for number in 0..<1_000 {
            let ticket = unsent.add(1, atMost: 40) { cuts.cut(number) }
            if number % 100 != 0 { unsent.remove(ticket) }
        }
        unsent.remove(first)
        _ = unsent.add(33, atMost: 40) { cuts.cut(1_000) }
        #expect(cuts.all == [0, 100, 200])
    }
}

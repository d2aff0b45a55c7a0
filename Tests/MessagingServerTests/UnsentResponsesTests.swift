import Testing

@testable import MessagingServer

@Suite struct UnsentResponsesTests {
    @Test func theOldestAreCutUntilTheRestFits() {
        let unsent = UnsentResponses()
        let cuts = Recorder<Int>()
        let tickets = (0..<4).map { number in unsent.add(10, atMost: 40) { cuts.add(number) } }
        #expect(cuts.all.isEmpty)
        unsent.remove(tickets[1])
        _ = unsent.add(25, atMost: 40) { cuts.add(4) }
        #expect(cuts.all == [0, 2])
        #expect(unsent.bytes == 35)
        #expect(unsent.cuts == 2)
        unsent.remove(tickets[0])
        #expect(unsent.bytes == 35)
    }

    @Test func aClientThatTookAPartIsTheLastToBeCut() throws {
        let unsent = UnsentResponses()
        let cuts = Recorder<Int>()
        let tickets = (0..<3).map { number in unsent.add(10, atMost: 30) { cuts.add(number) } }
        let renewed = try #require(unsent.renew(tickets[0]))
        #expect(unsent.renew(tickets[0]) == nil)
        #expect((unsent.bytes, unsent.added) == (30, 3))
        _ = unsent.add(20, atMost: 30) { cuts.add(3) }
        #expect(cuts.all == [1, 2])
        unsent.remove(renewed)
        #expect(unsent.bytes == 20)
    }

    @Test func aResponseLargerThanTheLimitIsCutItself() {
        let unsent = UnsentResponses()
        let cuts = Recorder<Int>()
        _ = unsent.add(41, atMost: 40) { cuts.add(0) }
        #expect(cuts.all == [0])
        #expect(unsent.bytes == 0)
    }

    @Test func theOrderHoldsAfterManyResponses() {
        let unsent = UnsentResponses()
        let cuts = Recorder<Int>()
        let first = unsent.add(1, atMost: 40) { cuts.add(-1) }
        for number in 0..<1_000 {
            let ticket = unsent.add(1, atMost: 40) { cuts.add(number) }
            if number % 100 != 0 { unsent.remove(ticket) }
        }
        unsent.remove(first)
        _ = unsent.add(33, atMost: 40) { cuts.add(1_000) }
        #expect(cuts.all == [0, 100, 200])
    }
}

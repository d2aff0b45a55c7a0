import MessagingContract
import Testing

@testable import MessagingServer

@Suite struct RateWindowTests {
    /// A connection may hold the counts of a window for as long as it is open.
    @Test func theCountsOfAnEndedWindowAreDropped() throws {
        var window = RateWindow(from: .now)
        let counts = window.counts(of: "o-1")
        let limits = RateLimits(token: 3)
        var places: [Int?] = [nil, nil]
        for (token, expected) in [(0, 1), (0, 2), (1, 1), (0, 3), (0, 4)] {
            let taken = try #require(counts.take("t-\(token)", at: &places[token], of: "c-1", limits))
            #expect(taken.count == expected)
            #expect(taken.refusal == (expected == 4 ? .token : nil))
        }
        #expect(places == [0, 1])
        #expect(window.counts(of: "o-1") === counts && window.tokenCount == 2)
        window.drop()
        #expect(counts.take("t-0", at: &places[0], of: "c-1", limits) == nil)
        #expect(counts.tokenCount == 0)
    }
}

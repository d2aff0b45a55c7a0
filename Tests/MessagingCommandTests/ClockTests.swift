import Testing

@testable import messaging

struct ClockTests {
    @Test(arguments: [
        (6, "6 s ahead"), (-119, "119 s behind"), (-120, "2 minutes behind"), (7_199, "119 minutes ahead"),
        (7_200, "2 hours ahead"), (172_799, "47 hours ahead"), (-172_800, "2 days behind"),
        (-852_079_951, "27 years behind"), (Int.min, "292271023045 years behind"),
    ])
    func aDifferenceHasItsLargestUnit(seconds: Int, text: String) {
        #expect(ClockDifference.text(aheadBy: seconds) == "the host is \(text)")
    }
}

import Foundation
import MessagingContract
import Testing

@Suite struct DateTests {
    @Test(arguments: [
        ("2026-03-01T09:15:27.104Z", 1_772_356_527_104), ("1970-01-01T00:00:00.000Z", 0),
        ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T12:00:00.001Z", 951_825_600_001),
        ("9999-12-31T23:59:59.000Z", 253_402_300_799_000),
    ])
    func writesThreeDecimals(_ text: String, _ milliseconds: Int64) {
        let date = Date(millisecondsSince1970: milliseconds)
        #expect(date.wire == text)
        #expect(Date(wire: date.wire) == date)
    }

    @Test func agreesWithFoundationOnEveryDay() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -130_000, through: 2_000_000, by: 997) {
            let date = Date(millisecondsSince1970: Int64(day) * 86_400_000 + 43_200_500)
            #expect(date.wire == style.format(date))
        }
    }

    @Test(arguments: [
        "2026-03-01T09:15:27.104Z", "2026-03-01T09:15:27.104", "2026-03-01T09:15:27.104999Z",
        "2026-03-01T11:15:27.104+02:00", "2026-03-01T04:15:27.104-0500", "2026-03-01T09:15:27.104000+00:00",
    ])
    func readsWhatClientsSend(_ text: String) {
        #expect(Date(wire: text)?.wire == "2026-03-01T09:15:27.104Z")
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:15:27.Z",
        "2026-03-01T09:15:27+2",
        "2026-03-01T09:15:27.1234567890Z", "2026-03-01 09:15:27Z", "２026-03-01T09:15:27Z", "2026-03-01T09:15:27Z ",
    ])
    func refusesEverythingElse(_ text: String) { #expect(Date(wire: text) == nil) }
}

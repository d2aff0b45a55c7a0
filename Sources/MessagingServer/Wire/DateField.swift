import Foundation
import MessagingContract

/// The source of values for the `Date` field.
struct DateField: Sendable {
    private let clock: TextClock

    /// Creates the field of a server with this clock.
    init(clock: @escaping @Sendable (_ organization: String?) -> Date) {
        self.clock = TextClock(clock: { clock(nil) }, Self.format)
    }

    /// The current time in the form of HTTP, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    var value: String { clock.now.text }

    private static func format(_ date: Date) -> String {
        let parts = date.wire.split { "-T.".contains($0) }
        let (day, _) = date.millisecondsSince1970.quotientAndRemainderFlooring(by: 86_400_000)
        let weekday = weekdays[Int((day + 4).quotientAndRemainderFlooring(by: 7).1)]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

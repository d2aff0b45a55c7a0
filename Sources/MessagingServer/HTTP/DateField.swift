import Foundation
import MessagingContract

/// The value of the `Date` field.
struct DateField: Sendable {
    private let clock = TextClock(Self.format)

    /// The current time, as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    var value: String { clock.now.text }

    private static func format(_ date: Date) -> String {
        let parts = date.wire.split { "-T.".contains($0) }
        let weekday = weekdays[Int(date.millisecondsSince1970 / 86_400_000 + 4) % 7]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

import Foundation
import MessagingContract
import Synchronization

/// The value of the `Date` field, formatted once a second.
final class DateField: Sendable {
    private let last = Mutex((second: Int.min, text: ""))

    /// The current time, as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    var value: String {
        let now = Date()
        let second = Int(now.timeIntervalSince1970)
        return last.withLock { last in
            if last.second != second { last = (second, Self.format(now, second: second)) }
            return last.text
        }
    }

    private static func format(_ date: Date, second: Int) -> String {
        let parts = date.wire.split { "-T.".contains($0) }
        let weekday = weekdays[(second / 86_400 + 4) % 7]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

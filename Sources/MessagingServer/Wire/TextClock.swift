package import Foundation
import MessagingContract
import MessagingCore

/// A clock that formats the time as text only once per second, or a few times if several threads use it.
package final class TextClock: Sendable {
    private let format: @Sendable (Date) -> String
    private let clock: @Sendable () -> Date
    private let last = Striped((second: Int64.min, text: ""))

    /// Creates a clock. `format` returns the text of a moment, and must not depend on fractions of a second.
    package init(clock: @escaping @Sendable () -> Date = { Date() }, _ format: @escaping @Sendable (Date) -> String) {
        self.clock = clock
        self.format = format
    }

    /// The text of the current second, and the milliseconds that have passed in it.
    package var now: (text: String, millisecond: Int64) {
        let now = clock()
        let (second, millisecond) = now.millisecondsSince1970.quotientAndRemainderFlooring(by: 1_000)
        let text = last.withLock { last in
            if last.second != second { last = (second, format(now)) }
            return last.text
        }
        return (text, millisecond)
    }
}

import Foundation
import MessagingCore

extension Date {
    /// The first millisecond since 1970 that is not before the moment.
    var nextMillisecond: Int64 { Int64(clamping: (timeIntervalSince1970 * 1_000).rounded(.up)) }
}

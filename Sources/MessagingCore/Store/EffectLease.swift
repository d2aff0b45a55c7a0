package import struct Foundation.Date

/// The length of leases of effects, in milliseconds as engines store them.
package enum EffectLease {
    /// The number of doublings after which a lease grows no longer.
    package static let mostDoublings: Int64 = 6
    /// The length of the first two leases of an effect.
    package static let shortest = milliseconds(Effect.leaseTime)
    /// The length of the longest lease.
    package static let longest = shortest << mostDoublings

    /// Returns the end of an effect's lease with this number, from 1.
    package static func end(ofLease number: Int64, from moment: Int64) -> Int64 {
        sum(moment, shortest << max(0, min(number - 1, mostDoublings)))
    }

    /// Returns a number of seconds in milliseconds.
    package static func milliseconds(_ seconds: Double) -> Int64 { Int64(clamping: seconds * 1_000) }

    /// Returns the sum of both numbers, at most the largest number.
    package static func sum(_ moment: Int64, _ milliseconds: Int64) -> Int64 {
        let (sum, overflows) = moment.addingReportingOverflow(milliseconds)
        return overflows ? .max : sum
    }
}

extension Date {
    /// The nearest millisecond since 1970.
    package var milliseconds: Int64 { Int64(clamping: timeIntervalSince1970 * 1_000) }
}

extension Int64 {
    /// Creates the nearest integer within the bounds of the type. A value that is not a number gives 0.
    package init(clamping value: Double) {
        let rounded = value.rounded()
        self = Int64(exactly: rounded) ?? (rounded.isNaN ? 0 : rounded < 0 ? .min : .max)
    }
}

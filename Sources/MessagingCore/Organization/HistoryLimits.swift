import struct Foundation.Date

/// The limits on the history of an organization.
public struct HistoryLimits: Hashable, Sendable {
    /// The number of newest changes to keep, besides all that are younger than ``minimumDays``.
    public var changes: Int
    /// The age in days from which changes are dropped in any case.
    public var days: Int
    /// The age in days up to which changes are not dropped for their number or their bytes; 0 protects none.
    public var minimumDays: Int

    /// Creates limits, by default those of the server.
    public init(changes: Int = 100_000, days: Int = 400, minimumDays: Int = 7) {
        self.changes = changes
        self.days = days
        self.minimumDays = minimumDays
    }

    /// Limits that keep everything.
    public static let unlimited = HistoryLimits(changes: .max, days: 1_000_000, minimumDays: 1_000_000)

    /// Returns the changes that these limits permit to drop at a time. The organization may take `bytes`.
    func cut(at time: Date, bytes: Int) -> HistoryCut {
        func moment(_ days: Int) -> Date { time.addingTimeInterval(-86_400 * Double(days)) }
        let protected = minimumDays > 0 ? moment(minimumDays) : .distantFuture
        return HistoryCut(keeping: changes, bytes: bytes, protected: protected, since: moment(days))
    }
}

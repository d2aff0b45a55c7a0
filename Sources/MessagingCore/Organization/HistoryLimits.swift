import struct Foundation.Date

/// How much of its history an organization keeps.
public struct HistoryLimits: Hashable, Sendable {
    /// Its newest changes, so many of them, and all that are younger than ``minimumDays``.
    public var changes: Int
    /// And of these the ones that are not older than so many days.
    public var days: Int
    /// Changes that are younger than so many days are dropped neither for their number nor for their bytes; 0 protects none.
    public var minimumDays: Int

    /// The defaults, but for what is given.
    public init(changes: Int = 100_000, days: Int = 400, minimumDays: Int = 7) {
        self.changes = changes
        self.days = days
        self.minimumDays = minimumDays
    }

    /// What these limits let go at a time, of an organization that may take so many bytes.
    func cut(at time: Date, bytes: Int) -> HistoryCut {
        func moment(_ days: Int) -> Date { time.addingTimeInterval(-86_400 * Double(days)) }
        let protected = minimumDays > 0 ? moment(minimumDays) : .distantFuture
        return HistoryCut(keeping: changes, bytes: bytes, protected: protected, since: moment(days))
    }
}

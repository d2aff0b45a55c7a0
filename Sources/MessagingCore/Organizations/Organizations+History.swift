public import struct Foundation.Date

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

extension Organizations {
    /// Forgets the idempotency keys that expired before a time, now unless given, a few at a time, until there are none or the task is
    /// cancelled.
    public nonisolated func sweepIdempotencyRecords(at time: Date? = nil) async throws(StoreError) {
        let moment = time ?? now()
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.deleteIdempotencyRecords(of: id, expiredBefore: moment, limit: 500) == 500
            {}
        }
    }

    /// Drops the changes that are beyond the limits at a time, now unless given, a few at a time, until there are none or the task is
    /// cancelled.
    public nonisolated func sweepHistory(_ history: HistoryLimits, at time: Date? = nil) async throws(StoreError) {
        let time = time ?? now()
        await dropHistory(asOf: time)
        let cut = history.cut(at: time, bytes: limits.comfortableBytes)
        for id in try await store.organizations() {
            while !Task.isCancelled, try await store.dropChanges(of: id, cut, limit: 500) > 0 {
                await forgetSize(of: id)
            }
        }
    }
}

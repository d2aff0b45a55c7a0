public import struct Foundation.Date

/// How much of its history an organization keeps.
public struct HistoryLimits: Hashable, Sendable {
    /// Its newest changes, so many of them.
    public var changes: Int
    /// And of these the ones that are not older than so many days.
    public var days: Int

    /// The defaults, but for what is given.
    public init(changes: Int = 100_000, days: Int = 400) {
        self.changes = changes
        self.days = days
    }
}

extension Organizations {
    /// Forgets the idempotency keys that have expired at `time`, which a ``SweepClock`` told, or now, a few at a time, until there are none
    /// or the task is cancelled.
    public nonisolated func sweepIdempotencyRecords(at time: Date? = nil) async throws(StoreError) {
        let moment = time ?? now()
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.deleteIdempotencyRecords(of: id, expiredBefore: moment, limit: 500) == 500
            {}
        }
    }

    /// Drops the changes that are too many or too old, a few at a time, until there are none or the task is cancelled. They are too old at
    /// `time`, which a ``SweepClock`` told, or now.
    public nonisolated func sweepHistory(_ limits: HistoryLimits, at time: Date? = nil) async throws(StoreError) {
        let moment = (time ?? now()).addingTimeInterval(-86_400 * Double(limits.days))
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.dropChanges(of: id, keeping: limits.changes, since: moment, limit: 500) == 500
            {}
        }
    }
}

import struct Foundation.Date

/// How much of its history an organization keeps.
public struct HistoryLimits: Hashable, Sendable {
    /// Changes.
    public var changes: Int
    /// Days.
    public var days: Int

    /// The defaults, but for what is given.
    public init(changes: Int = 100_000, days: Int = 400) {
        self.changes = changes
        self.days = days
    }
}

extension Organizations {
    /// Drops the changes that are too many or too old, a few at a time, until there are none or the task is cancelled.
    public nonisolated func sweepHistory(_ limits: HistoryLimits) async throws(StoreError) {
        let moment = now().addingTimeInterval(-86_400 * Double(limits.days))
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.dropChanges(of: id, keeping: limits.changes, since: moment, limit: 500) == 500
            {}
        }
    }
}

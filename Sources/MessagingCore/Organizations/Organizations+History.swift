public import struct Foundation.Date

extension Organizations {
    /// Forgets the idempotency keys that expired before a time, now unless given, a few at a time, until there are none or the task is
    /// cancelled.
    public func sweepIdempotencyRecords(at time: Date? = nil) async throws(StoreError) {
        let moment = time ?? surroundings.now(nil)
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.deleteIdempotencyRecords(of: id, expiredBefore: moment, limit: 500) == 500
            {}
        }
    }

    /// Drops the changes that are beyond the limits at a time, now unless given, a few at a time, until there are none or the task is
    /// cancelled.
    public func sweepHistory(_ history: HistoryLimits, at time: Date? = nil) async throws(StoreError) {
        let time = time ?? surroundings.now(nil)
        dropHistory(asOf: time)
        let cut = history.cut(at: time, bytes: limits.comfortableBytes)
        for id in try await store.organizations() {
            while !Task.isCancelled, try await store.dropChanges(of: id, cut, limit: 500) > 0 {
                forgetSize(of: id)
            }
        }
    }
}

public import struct Foundation.Date

extension Organizations {
    /// Deletes the idempotency records of all organizations that expired before a time, by default the present. It deletes 500 at a time,
    /// until there are no more or the task is cancelled. Throws the errors of the store.
    public func sweepIdempotencyRecords(at time: Date? = nil) async throws(StoreError) {
        let moment = time ?? surroundings.now(nil)
        for id in try await store.organizations() {
            while !Task.isCancelled,
                try await store.deleteIdempotencyRecords(of: id, expiredBefore: moment, limit: 500) == 500
            {}
        }
    }

    /// Drops the changes of all organizations that are beyond the limits at a time, by default the present. It drops at most 500 at a time,
    /// until there are no more or the task is cancelled. Until the next sweep, history is dropped for room as of this time too.
    ///
    /// Throws the errors of the store.
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

public import struct Foundation.Date

/// Returns whether a sweep goes on. The sweep asks before each 1,000 organizations.
public typealias SweepCheck = () async throws(StoreError) -> Bool

extension Organizations {
    /// Deletes the idempotency records of all organizations that expired before a time, by default the present. It deletes 500 at a time,
    /// until there are no more, the task is cancelled or the check returns false. Throws the errors of the store and of the check.
    public func sweepIdempotencyRecords(
        at time: Date? = nil,
        while goesOn: SweepCheck = { true }
    ) async throws(StoreError) {
        let moment = time ?? surroundings.now(nil)
        try await sweep(while: goesOn) { (id) throws(StoreError) in
            while !Task.isCancelled,
                try await store.deleteIdempotencyRecords(of: id, expiredBefore: moment, limit: 500) == 500
            {}
        }
    }

    /// Drops the changes of all organizations that are beyond the limits at a time, by default the present. It drops at most 500 at a time,
    /// until there are no more, the task is cancelled or the check returns false. Until the next sweep, history is dropped for room as of this
    /// time too.
    ///
    /// Throws the errors of the store and of the check.
    public func sweepHistory(
        _ history: HistoryLimits,
        at time: Date? = nil,
        while goesOn: SweepCheck = { true }
    ) async throws(StoreError) {
        let time = time ?? surroundings.now(nil)
        dropHistory(asOf: time)
        let cut = history.cut(at: time, bytes: limits.comfortableBytes)
        try await sweep(while: goesOn) { (id) throws(StoreError) in
            while !Task.isCancelled, try await store.dropChanges(of: id, cut, limit: 500) > 0 {
                forgetSize(of: id)
            }
        }
    }

    private func sweep(
        while goesOn: SweepCheck,
        _ body: (_ organization: String) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        try await forEachPage { (ids) throws(StoreError) in
            guard !Task.isCancelled, try await goesOn() else { return false }
            for id in ids { try await body(id) }
            return true
        }
    }
}

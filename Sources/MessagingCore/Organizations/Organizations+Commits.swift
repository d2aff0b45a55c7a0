import MessagingContract
import Synchronization

/// Commits of writes. Each organization with waiting writes has a committer, which hands one commit at a time to the store.
extension Organizations {
    /// The largest cost of a light write, about a millisecond of work. Heavier writes are applied on the ``WorkLane``.
    private static let lightCost = 64 << 10
    /// The number of times that a write is applied if each commit conflicts with that of another server. After that it is refused with 503.
    /// If ten servers write to one organization all the time, one of 30,000 writes is refused.
    static let attempts = 100
    /// The longest pause after a conflict, about twice the time of a commit. Its length is random, so that servers do not keep meeting.
    private static let longestPause = Duration.milliseconds(8)

    /// Starts the committer of an organization. It runs on the threads of the store if the store has some, so a commit needs no change of
    /// threads.
    func startCommitter(of id: String) {
        Wakes.atEndOfStep { [self] in
            _ = Task(executorPreference: store.taskExecutor) { await self.commitWrites(of: id) }
        }
    }

    /// Commits the writes of an organization until none is waiting.
    private func commitWrites(of id: String) async {
        while !waiting.withLock({ $0.retireIfIdle(id) }) {
            do throws(APIError) {
                let organization = try await current(id)?.organization ?? Organization(new: id)
                guard let group = waiting.withLock({ $0.next(of: organization) }) else { continue }
                await commit(group, of: organization)
            } catch {
                let writes = waiting.withLock { $0.removeAll(of: id) }
                Wakes.deferred { for write in writes { write.finish(failing: error) } }
            }
        }
        dropSnapshots()
    }

    /// Applies writes to the current value of an organization, and commits their changes.
    private func commit(_ group: WriteQueue.Group, of organization: Organization) async {
        var batch: Batch
        do throws(StoreError) {
            batch = try await self.batch(for: group, of: organization)
        } catch {
            for write in group.writes { write.finish(failing: APIError(error)) }
            return
        }
        batch = await apply(group, to: batch)
        if batch.step.changes.isEmpty { return }
        let start = surroundings.instant()
        let outcome = await store.commit(batch.commit)
        counted.withLock {
            $0.count(outcome, writes: batch.writes.count, in: start.duration(to: surroundings.instant()))
        }
        Wakes.deferred { conclude(batch, outcome) }
        dropSnapshots()
        if outcome == .conflict {
            let part = Double(surroundings.words(nil).0 >> 32) / Double(UInt32.max)
            try? await surroundings.sleep(Self.longestPause * part)
        }
    }

    /// Returns an empty batch to which a group of writes can be applied. It drops history first if the organization takes too many bytes.
    private func batch(for group: WriteQueue.Group, of organization: Organization) async throws(StoreError) -> Batch {
        let id = organization.id
        while try await makeRoom(in: id) {}
        let size = try await size(of: id)
        let kept = try await records(of: group.writes, in: id)
        return Batch(base: organization, kept: kept, size: size, sweepTime: sweepTime)
    }

    /// Applies writes: light ones here, heavy ones on the ``WorkLane``. Puts back the writes that the commit has no room for.
    private func apply(_ group: WriteQueue.Group, to base: Batch) async -> Batch {
        var (batch, rest) = (base, group.writes)
        if group.dearest > Self.lightCost {
            (batch, rest) = await WorkLane.shared.run(for: base.base.id) { [surroundings, limits] in
                var (batch, rest) = (base, group.writes)
                _ = batch.apply(&rest, upTo: WriteQueue.commitCost, in: surroundings, within: limits)
                return (batch, rest)
            }
        } else {
            await applyLight(&rest, to: &batch)
        }
        putBack(rest, of: base.base.id)
        return batch
    }

    /// Applies light writes. All committers together work for about a millisecond between two turns of this one, so a call of the store
    /// waits no longer than that, regardless of their number.
    private func applyLight(_ rest: inout ArraySlice<PendingWrite>, to batch: inout Batch) async {
        var cost = 0
        while !rest.isEmpty, cost < WriteQueue.commitCost {
            let turn = Self.lightCost / max(1, waiting.withLock { $0.committers })
            cost += batch.apply(&rest, upTo: max(1, turn), in: surroundings, within: limits)
            if !rest.isEmpty { await Task.yield() }
        }
    }

    private func putBack(_ writes: some Collection<PendingWrite>, of id: String) {
        if writes.isEmpty { return }
        for write in waiting.withLock({ $0.putBack(writes, of: id) }) { write.finish(failing: .stopping) }
    }

    /// Returns the stored idempotency records of the writes' keys. A record that is missing now is still missing when the writes are
    /// committed: no commit of the organization is in flight, and a commit of another server turns the one of these writes into a conflict.
    private func records(
        of writes: ArraySlice<PendingWrite>,
        in id: String
    ) async throws(StoreError) -> [IdempotencyRecord] {
        let ids = Set(writes.compactMap { $0.key?.id })
        return ids.isEmpty ? [] : try await store.idempotencyRecords(of: id, Array(ids))
    }

    /// Drops a part of the history, oldest changes first, if the organization takes too many bytes. Returns false if no change had to be
    /// dropped or no change may be dropped.
    private func makeRoom(in id: String) async throws(StoreError) -> Bool {
        guard try await size(of: id).total > limits.comfortableBytes, let sweepTime else { return false }
        // Another server may have dropped history.
        if mustCheck { forgetSize(of: id) }
        guard try await size(of: id).total > limits.comfortableBytes else { return false }
        let time = min(surroundings.now(id), sweepTime)
        let cut = HistoryCut(
            bytes: limits.comfortableBytes,
            protected: limits.history.cut(at: time, bytes: 0).protected
        )
        guard try await store.dropChanges(of: id, cut, limit: 200) > 0 else { return false }
        forgetSize(of: id)
        return true
    }

    private func conclude(_ batch: Batch, _ outcome: CommitOutcome) {
        let id = batch.base.id
        switch outcome {
        case .committed:
            publish(batch.organization)
            sizes.withLock { $0.apply(batch.step.changes, of: id) }
            effects.add(batch.step.effects, of: id)
            batch.writes.forEach { $0.finish() }
        case .conflict:
            doubt(id)
            let again = batch.writes.filter { write in
                if write.attempts < Self.attempts { return true }
                write.finish(
                    failing: .serviceUnavailable.caused(by: "the organization changed \(Self.attempts) times meanwhile")
                )
                return false
            }
            putBack(again, of: id)
        case .unavailable:
            batch.writes.forEach { $0.finish(failing: .serviceUnavailable.caused(by: "the store is not available")) }
        case .unknown:
            doubt(id)
            batch.writes.forEach { $0.finish(failing: .outcomeUnknown.caused(by: "the commit was not acknowledged")) }
        }
    }
}

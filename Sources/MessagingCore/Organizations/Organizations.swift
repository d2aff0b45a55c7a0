public import Foundation
public import MessagingContract
import Synchronization

/// The organizations of a store: their current snapshots, and the one way to change them.
///
/// Snapshots only ever show what was acknowledged or is durable. Writes that wait at the same time share one commit of the store; every answer that
/// was computed after an uncommitted change, success or refusal, waits for that commit.
public actor Organizations {
    nonisolated let store: any Store
    /// The clocks and the ids of what is done here.
    public nonisolated let surroundings: Surroundings
    nonisolated let limits: OrganizationLimits
    /// The effects of what was committed.
    nonisolated let effects = EffectQueue()
    let loader: OrganizationLoader
    let onLargeLoad: @Sendable (String, Int) -> Void
    nonisolated let published: Mutex<PublishedSnapshots>
    var loading: [String: Task<Result<Snapshot?, StoreError>, Never>] = [:]
    nonisolated let waiting = Mutex(WaitingWrites())
    /// The organizations that are loaded for their waiting writes, and those of them that turned out not to exist.
    var loadingForWrites: Set<String> = []
    private var absent: Set<String> = []
    /// The round of writes that is being applied and committed.
    var round: [WriteQueue.Group] = []
    /// The organizations whose heavy writes are being applied or wait for their commit.
    var heavy = HeavyBatches()
    private var counted = CommitStatistics()
    /// The bytes that organizations take in the store, of those whose size was asked for since it last changed in an unknown way.
    var sizes: [String: OrganizationSize] = [:]
    /// The time by which old things may be dropped.
    private var sweepTime: Date?

    /// A write that costs more, about a millisecond's work, is applied on the ``WorkLane``.
    private static let lightCost = 64 << 10
    /// How often a write is applied in all, when another server is faster each time, before it is refused with 503.
    static let attempts = 4

    /// The organizations of `store`, each of which may hold as much as `limits` says. Stamps have their times and ids
    /// from `surroundings`.
    ///
    /// What is in memory of organizations takes about `snapshotMemory` bytes at most, beside that of those with waiting writes; `onLargeLoad`
    /// gets the id and the bytes of an organization that takes more than half of that. One that may do so is loaded alone.
    ///
    /// `sweepTime` is the time by which old things may be dropped until the first sweep, see ``SweepClock``; with nil no history is
    /// dropped to make room.
    public init(
        store: any Store,
        limits: OrganizationLimits = OrganizationLimits(),
        snapshotMemory: Int = 256 << 20,
        sweepTime: Date? = nil,
        surroundings: Surroundings = .system,
        onLargeLoad: @escaping @Sendable (String, Int) -> Void = { _, _ in }
    ) {
        self.store = store
        self.limits = limits
        self.sweepTime = sweepTime
        self.surroundings = surroundings
        self.onLargeLoad = onLargeLoad
        published = Mutex(PublishedSnapshots(limit: snapshotMemory))
        loader = OrganizationLoader(store: store, large: snapshotMemory / 2, clock: surroundings.instant)
    }

    /// Runs a rule on a draft of the organization, and answers when what it changed is durable. What the rule creates has the id
    /// `objectID`, which is made unless given.
    ///
    /// Throws what the rule throws, 404 when there is no such organization, and 503 when too many writes wait, when the change was
    /// not made, or when that is not known. The rule may run more than once, each time on a fresh draft; only the last run counts.
    ///
    /// Organizations take turns by what their writes cost, as `turn` says.
    public func change<Answer: Sendable>(
        _ id: String,
        by author: Author,
        creating objectID: String? = nil,
        turn: Turn = Turn(),
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        try await change(id, by: author, creating: objectID, once: nil, turn: turn, rule)
    }

    /// The same for a request with an idempotency key, whose record the rule finds in its stamp.
    func change<Answer: Sendable>(
        _ id: String,
        by author: Author,
        creating objectID: String?,
        once key: IdempotencyKey?,
        turn: Turn,
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        let objectID = objectID ?? surroundings.makeOrderedID(for: id)
        return try await enqueue(id, creates: false, objectID, author, key: key, turn, rule)
    }

    /// Creates an organization with its factory profile and, if given, its first client, and answers when all is durable.
    ///
    /// Throws 400 for a blank name, and what ``register(_:in:by:)`` throws for the client.
    public func create(
        name: String,
        with client: ClientRegistration? = nil,
        by author: Author
    ) async throws(APIError) -> OrganizationInfo {
        let id = surroundings.makeOrderedID()
        return try await enqueue(id, creates: true, surroundings.makeOrderedID(for: id), author, key: nil, Turn()) {
            (draft) throws(APIError) in
            let info = try draft.initialize(name: name)
            if let client { try draft.create(client.client) }
            return info
        }
    }

    /// Whether a write may succeed, as far as the store knows without being asked.
    public nonisolated var canWrite: Bool { store.canWrite }

    /// How many writes wait for their turn, the ones in the running commit not counted.
    package nonisolated var waitingWrites: Int { waiting.withLock { $0.queue.count } }

    /// What became of the writes since the start, and what there is now.
    public var statistics: CommitStatistics {
        var statistics = counted
        statistics.waiting = waitingWrites
        return statistics
    }

    /// What the organizations in memory take, and how often they came and went since the start.
    public nonisolated var snapshotStatistics: SnapshotStatistics { published.withLock { $0.statistics } }

    /// Refuses the writes that wait for their turn, and every later one, with 503 `service.unavailable`: nothing of them was done. The
    /// commit that runs goes on, and its writes get their outcome.
    public nonisolated func refuseWaitingWrites() {
        let writes = waiting.withLock { waiting in
            waiting.areRefused = true
            return waiting.queue.removeAll()
        }
        for write in writes { write.finish(failing: .stopping) }
    }

    nonisolated func enqueue<Answer: Sendable>(
        _ id: String,
        creates: Bool,
        _ objectID: String,
        _ author: Author,
        key: IdempotencyKey?,
        _ turn: Turn,
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        let result = await withCheckedContinuation { continuation in
            let write = Write(
                author: author,
                objectID: objectID,
                creates: creates,
                key: key,
                turn: turn,
                rule: rule
            ) { result in
                continuation.resume(returning: result)
            }
            do throws(APIError) {
                if try waiting.withLock({ (waiting) throws(APIError) in try waiting.append(write, of: id) }) {
                    startCommitting()
                }
            } catch {
                write.finish(failing: error)
            }
        }
        return try result.get()
    }

    /// Commits what waits, on the threads of the store, so that a commit takes no change of threads. The caller has found that nobody does.
    private nonisolated func startCommitting() {
        Task(executorPreference: store.taskExecutor) { await self.commitWaiting() }
    }

    /// Goes on committing unless somebody does.
    private nonisolated func resumeCommitting() {
        if waiting.withLock({ $0.beginCommitting() }) { startCommitting() }
    }

    /// Commits what waits: light writes of many organizations together, and heavy batches, as they become ready, on their own.
    private func commitWaiting() async {
        while true {
            loadWhatIsMissing()
            let isLast = !heavy.hasReady
            round = waiting.withLock { waiting in
                waiting.nextRound(isLastIfEmpty: isLast) {
                    !loadingForWrites.contains($0) && !heavy.hasOne(of: $0)
                } known: {
                    known($0)?.organization
                }
            }
            if round.isEmpty, isLast { return dropSnapshots() }
            var batches: [Batch] = []
            for group in round {
                guard let batch = await batch(for: group) else { continue }
                if group.dearest > Self.lightCost {
                    applyOnLane(group, to: batch)
                } else {
                    let batch = await apply(group, to: batch)
                    if !batch.step.changes.isEmpty { batches.append(batch) }
                }
            }
            await commit(batches)
            if let batch = heavy.next() { await commit([batch]) }
            round = []
            dropSnapshots()
        }
    }

    private func commit(_ batches: [Batch]) async {
        if batches.isEmpty { return }
        let start = surroundings.instant()
        let outcomes = await store.commit(batches.map(\.commit))
        counted.count(start.duration(to: surroundings.instant()))
        for (index, batch) in batches.enumerated() {
            conclude(batch, index < outcomes.count ? outcomes[index] : .unknown)
        }
    }

    /// Applies light writes, and lets others run about every millisecond.
    private func apply(_ group: WriteQueue.Group, to base: Batch) async -> Batch {
        var (batch, rest, cost) = (base, group.writes, 0)
        while !rest.isEmpty, cost < WriteQueue.roundCost {
            cost += batch.apply(&rest, upTo: Self.lightCost, in: surroundings, within: limits)
            if !rest.isEmpty { await Task.yield() }
        }
        putBack(rest, of: group, cost)
        return batch
    }

    /// Applies heavy writes while the writes of other organizations go on. No other write of the organization is applied before their
    /// commit has its outcome.
    private func applyOnLane(_ group: WriteQueue.Group, to base: Batch) {
        heavy.begin(group.organization)
        Task {
            let (batch, rest, cost) = await WorkLane.shared.run(for: group.organization) { [surroundings, limits] in
                var (batch, rest) = (base, group.writes)
                let cost = batch.apply(&rest, upTo: WriteQueue.roundCost, in: surroundings, within: limits)
                return (batch, rest, cost)
            }
            putBack(rest, of: group, cost)
            heavy.end(batch)
            resumeCommitting()
        }
    }

    /// Puts writes of a group back, since they have to wait for another turn, and sets right what the group has cost.
    private func putBack(_ rest: some Collection<any PendingWrite>, of group: WriteQueue.Group, _ cost: Int) {
        if rest.isEmpty, cost == group.cost { return }
        let refused = waiting.withLock { waiting in
            let refused = waiting.putBack(rest, of: group.organization)
            waiting.queue.charge(group.organization, cost - group.cost)
            return refused
        }
        for write in refused { write.finish(failing: .stopping) }
    }

    /// Loads the organizations that have to be before their writes are applied, while the writes of others go on.
    private func loadWhatIsMissing() {
        let missing = waiting.withLock { waiting in
            waiting.queue.organizations.filter { known($0) == nil && !absent.contains($0) }
        }
        for id in missing {
            guard loadingForWrites.insert(id).inserted else { continue }
            Task { await loadForWrites(of: id) }
        }
    }

    private func loadForWrites(of id: String) async {
        do throws(APIError) {
            if try await current(id) == nil { absent.insert(id) }
        } catch {
            for write in waiting.withLock({ $0.queue.removeAll(of: id) }) { write.finish(failing: error) }
        }
        loadingForWrites.remove(id)
        resumeCommitting()
    }

    /// A batch to which a group of writes can be applied; nil when they were answered or put back.
    private func batch(for group: WriteQueue.Group) async -> Batch? {
        let (id, writes) = (group.organization, group.writes)
        let isAbsent = absent.remove(id) != nil
        guard let base = known(id)?.organization ?? (isAbsent ? Organization(new: id) : nil) else {
            putBack(writes, of: group, 0)
            return nil
        }
        do {
            // What made room may not have made enough: the writes wait for their next turn, and others have theirs.
            if try await makeRoom(in: id) {
                putBack(writes, of: group, 0)
                return nil
            }
            let size = try await self.size(of: id)
            let kept = try await records(of: writes, in: id)
            return Batch(base: base, kept: kept, size: size, sweepTime: sweepTime)
        } catch {
            writes.forEach { $0.finish(failing: APIError(error)) }
            return nil
        }
    }

    /// The idempotency records of the writes' keys that the store has. No commit of the organization is in flight, and one of another
    /// server makes that of these writes a conflict: so what is not there is not there when they are committed.
    private func records(
        of writes: ArraySlice<any PendingWrite>,
        in id: String
    ) async throws(StoreError) -> [IdempotencyRecord] {
        let ids = Set(writes.compactMap { $0.key?.id })
        return ids.isEmpty ? [] : try await store.idempotencyRecords(of: id, Array(ids))
    }

    /// Drops some history of an organization that takes too many bytes, the oldest first; false when nothing had to be, or could be.
    private func makeRoom(in id: String) async throws(StoreError) -> Bool {
        guard try await size(of: id).total > limits.comfortableBytes, let sweepTime else { return false }
        let time = min(surroundings.now(id), sweepTime)
        let cut = HistoryCut(
            bytes: limits.comfortableBytes,
            protected: limits.history.cut(at: time, bytes: 0).protected
        )
        guard try await store.dropChanges(of: id, cut, limit: 200) > 0 else { return false }
        sizes[id] = nil
        return true
    }

    /// The bytes that an organization takes in the store, which is only asked when that is not known.
    private func size(of id: String) async throws(StoreError) -> OrganizationSize {
        if let size = sizes[id] { return size }
        let size = try await store.size(of: id) ?? OrganizationSize()
        sizes[id] = size
        return size
    }

    /// The size of an organization in the store is not known any more.
    func forgetSize(of id: String) { sizes[id] = nil }

    /// History is dropped as of this time, and until the next sweep as of no later one.
    func dropHistory(asOf time: Date) { sweepTime = time }

    private func conclude(_ batch: Batch, _ outcome: CommitOutcome) {
        let id = batch.base.id
        heavy.concluded(id)
        counted.count(outcome, writes: batch.writes.count)
        switch outcome {
        case .committed:
            publish(batch.organization)
            sizes[id]?.apply(batch.step.changes)
            effects.add(batch.step.effects, of: id)
            batch.writes.forEach { $0.finish() }
        case .conflict:
            doubt(id)
            sizes[id] = nil
            let again = batch.writes.filter { write in
                if write.attempts < Self.attempts { return true }
                write.finish(
                    failing: .serviceUnavailable.caused(by: "the organization changed \(Self.attempts) times meanwhile")
                )
                return false
            }
            for write in waiting.withLock({ $0.putBack(again, of: id) }) { write.finish(failing: .stopping) }
        case .unavailable:
            batch.writes.forEach { $0.finish(failing: .serviceUnavailable.caused(by: "the store is not available")) }
        case .unknown:
            doubt(id)
            sizes[id] = nil
            batch.writes.forEach { $0.finish(failing: .outcomeUnknown.caused(by: "the commit was not acknowledged")) }
        }
    }
}

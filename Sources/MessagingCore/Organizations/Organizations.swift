public import Foundation
public import MessagingContract
import Synchronization

/// The organizations of a store: their current snapshots, and the only way to change them.
///
/// A snapshot contains only durable changes. The waiting writes of an organization share one commit. Every result that was computed after
/// an uncommitted change, success or refusal, waits for that commit.
public final class Organizations: Sendable {
    let store: any Store
    let sharedRevisions: (any SharedRevisions)?
    /// The clocks and the source of ids.
    public let surroundings: Surroundings
    let limits: OrganizationLimits
    let staleness: Duration
    /// The effects of durable commits.
    let effects = EffectQueue()
    let loader: OrganizationLoader
    let onLargeLoad: @Sendable (String, Int) -> Void
    let published: Mutex<PublishedSnapshots>
    let loading = Mutex<[String: Task<Result<Snapshot?, StoreError>, Never>]>([:])
    let waiting = Mutex(WaitingWrites())
    let checks = Mutex(WaitingChecks())
    /// The era of the last check; nil before the first one.
    let era = Mutex<String?>(nil)
    let counted = Mutex(CommitStatistics())
    let sizes = Mutex(KnownSizes())
    private let dropTime: Mutex<Date?>

    /// Creates a value for the organizations of `store`.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - limits: The limits of each organization.
    ///   - snapshotMemory: The bytes of memory that all snapshots may take. Snapshots of organizations with waiting writes may exceed it. An
    ///     organization that may take more than half of it is loaded alone.
    ///   - sweepTime: The time by which history may be dropped to make room until the first sweep, see ``SweepClock``. With nil, no history
    ///     is dropped until then.
    ///   - staleness: The time for which a snapshot may be used without a check if other servers may change the organizations, see
    ///     ``age(of:)``.
    ///   - surroundings: The source of the times and ids of stamps.
    ///   - onLargeLoad: Receives the id and the bytes of each loaded organization that takes more than half of `snapshotMemory`.
    public init(
        store: any Store,
        limits: OrganizationLimits = OrganizationLimits(),
        snapshotMemory: Int = 256 << 20,
        sweepTime: Date? = nil,
        staleness: Duration = .zero,
        surroundings: Surroundings = .system,
        onLargeLoad: @escaping @Sendable (String, Int) -> Void = { _, _ in }
    ) {
        self.store = store
        sharedRevisions = store.sharedRevisions
        self.limits = limits
        self.staleness = staleness
        dropTime = Mutex(sweepTime)
        self.surroundings = surroundings
        self.onLargeLoad = onLargeLoad
        published = Mutex(PublishedSnapshots(limit: snapshotMemory))
        loader = OrganizationLoader(store: store, large: snapshotMemory / 2, clock: surroundings.instant)
    }

    /// Runs a rule on a draft of the organization, and returns its result when its changes are durable. An object that the rule creates
    /// gets the id `objectID`, or a new id for nil.
    ///
    /// The rule may run several times, each time on a fresh draft. Only the last run counts. `turn` states the cost of the write, which
    /// bounds the writes that share its commit.
    ///
    /// Throws these errors:
    ///
    /// - the errors of the rule
    /// - 404 if the organization does not exist
    /// - 400 `quota.exceeded` if the organization has no room for the changes
    /// - 503 if too many writes wait, if the change was not made, or if it is unknown whether it was made
    public func change<Answer: Sendable>(
        _ id: String,
        by author: Author,
        creating objectID: String? = nil,
        turn: Turn = Turn(),
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        try await change(id, by: author, creating: objectID, once: nil, turn: turn, rule)
    }

    /// Does the same for a request with an idempotency key. The rule finds the record of the key in its stamp.
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

    /// Creates an organization with the factory profile and, if given, its first client. Returns when the changes are durable.
    ///
    /// Throws 400 for a name that is not valid, the errors of ``register(_:in:by:)`` for the client, and 503 like
    /// ``change(_:by:creating:turn:_:)``.
    public func create(
        name: String,
        with client: ClientRegistration? = nil,
        by author: Author
    ) async throws(APIError) -> OrganizationInfo {
        try await create(surroundings.makeOrderedID(), by: author) { (draft) throws(APIError) in
            let info = try draft.initialize(name: name)
            if let client { try draft.create(client.client) }
            return info
        }
    }

    /// Creates an organization with this id by a rule on its draft, and returns the result of the rule when the changes are durable.
    ///
    /// Throws the errors of the rule, and 503 like ``change(_:by:creating:turn:_:)``.
    package func create<Answer: Sendable>(
        _ id: String,
        by author: Author,
        turn: Turn = Turn(),
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        try await enqueue(id, creates: true, surroundings.makeOrderedID(for: id), author, key: nil, turn, rule)
    }

    /// Whether a write may succeed, by the last known state of the store.
    public var canWrite: Bool { store.canWrite }

    /// The number of writes that wait for their turn, without those in a running commit.
    package var waitingWrites: Int { waiting.withLock { $0.count } }

    /// The statistics of commits since the start, with the number of waiting writes now.
    public var statistics: CommitStatistics {
        var statistics = counted.withLock { $0 }
        statistics.waiting = waitingWrites
        return statistics
    }

    /// The number and the memory of snapshots now, and the number of loads and evictions since the start.
    public var snapshotStatistics: SnapshotStatistics { published.withLock { $0.statistics } }

    /// Refuses all waiting and all later writes with 503 `service.unavailable`. None of them changed anything. Running commits go on, and
    /// their writes get their outcome.
    public func refuseWaitingWrites() {
        let writes = waiting.withLock { $0.refuse() }
        Wakes.deferred { for write in writes { write.finish(failing: .stopping) } }
    }

    func enqueue<Answer: Sendable>(
        _ id: String,
        creates: Bool,
        _ objectID: String,
        _ author: Author,
        key: IdempotencyKey?,
        _ turn: Turn,
        _ rule: @escaping Draft.Rule<Answer>
    ) async throws(APIError) -> Answer {
        let kept = KeptResult<Answer>()
        let error: APIError? = await withCheckedContinuation { continuation in
            let write = PendingWrite(
                author: author,
                objectID: objectID,
                creates: creates,
                key: key,
                turn: turn,
                rule: { (draft) throws(APIError) in kept.set(try rule(&draft)) },
                resume: { continuation.resume(returning: $0) }
            )
            do throws(APIError) {
                if try waiting.withLock({ (waiting) throws(APIError) in try waiting.append(write, of: id) }) {
                    startCommitter(of: id)
                }
            } catch {
                write.finish(failing: error)
            }
        }
        if let error { throw error }
        guard let answer = kept.value else { throw .internalServerError }
        return answer
    }

    /// The time by which history may be dropped to make room; nil if it is not known.
    var sweepTime: Date? { dropTime.withLock { $0 } }

    /// Sets the time by which history may be dropped until the next sweep.
    public func dropHistory(asOf time: Date) { dropTime.withLock { $0 = time } }
}

/// The result of the last run of a rule that succeeded.
private final class KeptResult<Answer: Sendable>: Sendable {
    private let kept = Mutex<Answer?>(nil)

    /// The result; nil if the rule has not succeeded.
    var value: Answer? { kept.withLock { $0 } }

    func set(_ answer: Answer) { kept.withLock { $0 = answer } }
}

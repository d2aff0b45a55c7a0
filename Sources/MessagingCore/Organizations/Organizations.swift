public import Foundation
public import MessagingContract
import Synchronization

/// The organizations of a store: their current snapshots, and the one way to change them.
///
/// A snapshot shows only what is durable. The waiting writes of an organization share one commit. Every result that was computed after an
/// uncommitted change, success or refusal, waits for that commit.
public final class Organizations: Sendable {
    let store: any Store
    /// The clocks and the ids of what is done here.
    public let surroundings: Surroundings
    let limits: OrganizationLimits
    /// The effects of what was committed.
    let effects = EffectQueue()
    let loader: OrganizationLoader
    let onLargeLoad: @Sendable (String, Int) -> Void
    let published: Mutex<PublishedSnapshots>
    let loading = Mutex<[String: Task<Result<Snapshot?, StoreError>, Never>]>([:])
    let waiting = Mutex(WaitingWrites())
    let counted = Mutex(CommitStatistics())
    let sizes = Mutex(KnownSizes())
    private let dropTime: Mutex<Date?>

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
        dropTime = Mutex(sweepTime)
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
    /// `turn` states the cost of the write, which bounds the writes that share its commit.
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
    public var canWrite: Bool { store.canWrite }

    /// How many writes wait for their turn, the ones in the running commit not counted.
    package var waitingWrites: Int { waiting.withLock { $0.count } }

    /// What became of the writes since the start, and what there is now.
    public var statistics: CommitStatistics {
        var statistics = counted.withLock { $0 }
        statistics.waiting = waitingWrites
        return statistics
    }

    /// What the organizations in memory take, and how often they came and went since the start.
    public var snapshotStatistics: SnapshotStatistics { published.withLock { $0.statistics } }

    /// Refuses the writes that wait for their turn, and every later one, with 503 `service.unavailable`: nothing of them was done. The
    /// commit that runs goes on, and its writes get their outcome.
    public func refuseWaitingWrites() {
        let writes = waiting.withLock { $0.refuse() }
        for write in writes { write.finish(failing: .stopping) }
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
                    startCommitter(of: id)
                }
            } catch {
                write.finish(failing: error)
            }
        }
        return try result.get()
    }

    /// The time by which old things may be dropped.
    var sweepTime: Date? { dropTime.withLock { $0 } }

    /// History is dropped as of this time, and until the next sweep as of no later one.
    func dropHistory(asOf time: Date) { dropTime.withLock { $0 = time } }
}

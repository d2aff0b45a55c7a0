import Synchronization

/// Loads organizations from the store without delaying anything else: a few at a time, a large one alone, and one that cannot be read not
/// again within a second.
final class OrganizationLoader: Sendable {
    /// How many organizations are loaded at a time.
    static let mostLoads = 2
    /// A known snapshot that is at most so many changes behind is brought forward by them; reading more at once would hold up others.
    static let mostChanges = 50
    /// How long an organization that makes no sense is not read again.
    static let pause = Duration.seconds(1)

    private struct Failure {
        let error: StoreError
        let time: ContinuousClock.Instant
    }

    private let store: any OrganizationStore
    /// The bytes of memory above which an organization is loaded alone.
    private let large: Int
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let gate = ReadGate(limit: mostLoads)
    private let failures = Mutex<[String: Failure]>([:])

    /// Creates a loader of the organizations of `store`, which measures time by `clock`. No other is loaded beside one that may take
    /// more than `large` bytes of memory.
    init(
        store: any OrganizationStore,
        large: Int = .max,
        clock: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.store = store
        self.large = large
        self.clock = clock
    }

    /// Returns the organization as it is stored; nil when it does not exist. An `earlier` value of it is brought forward by the changes
    /// since then, if the store still has all of them. Throws what the store throws, and ``StoreError/corrupt(cause:)`` when what is
    /// stored makes no sense.
    func load(_ id: String, from earlier: Organization? = nil) async throws(StoreError) -> Organization? {
        if let earlier, let organization = try await bringForward(earlier) { return organization }
        if let error = recentFailure(id) { throw error }
        guard let size = try await store.size(of: id) else { return nil }
        guard await gate.enter(id, alone: size.memory > large) else { throw .cancelled }
        defer { gate.leave(id) }
        // Another load may have failed while this one waited.
        if let error = recentFailure(id) { throw error }
        do throws(StoreError) {
            guard let stored = try await store.load(id) else { return nil }
            return try await Organization.building(stored)
        } catch {
            if case .corrupt = error {
                let failure = Failure(error: error, time: clock())
                failures.withLock { $0[id] = failure }
            }
            throw error
        }
    }

    private func bringForward(_ earlier: Organization) async throws(StoreError) -> Organization? {
        let limit = Self.mostChanges + 1
        guard let changes = try await store.changes(of: earlier.id, after: earlier.revision, limit: limit),
            changes.count < limit
        else { return nil }
        return try? earlier.following(changes)
    }

    /// Returns the error of a load within the last second; nil when there was none.
    private func recentFailure(_ id: String) -> StoreError? {
        let now = clock()
        return failures.withLock { failures in
            failures = failures.filter { now - $0.value.time < Self.pause }
            return failures[id]?.error
        }
    }
}

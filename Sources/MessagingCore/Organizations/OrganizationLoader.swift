import Synchronization

/// A loader of organizations from the store, with limits so that loads do not delay other work:
///
/// - It loads a few organizations at a time, and a large one alone.
/// - It does not read a corrupt organization again within a second.
final class OrganizationLoader: Sendable {
    /// The number of organizations that are loaded at a time.
    static let mostLoads = 2
    /// The largest number of changes that bring an earlier snapshot forward. Reading more at once would delay other work.
    static let mostChanges = 50
    /// The time for which a corrupt organization is not read again.
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

    /// Creates a loader of the organizations of `store`, which measures time by `clock`. An organization that may take more than `large`
    /// bytes of memory is loaded alone.
    init(
        store: any OrganizationStore,
        large: Int = .max,
        clock: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.store = store
        self.large = large
        self.clock = clock
    }

    /// Returns the stored organization, or nil if it does not exist. An `earlier` value of it is brought forward by the changes since
    /// then, if the store still has all of them and they are at most ``mostChanges``.
    ///
    /// Throws the errors of the store, and ``StoreError/corrupt(cause:)`` if the stored data is not valid.
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

    /// Returns the error of a failed load of the organization within the last second, or nil.
    private func recentFailure(_ id: String) -> StoreError? {
        let now = clock()
        return failures.withLock { failures in
            failures = failures.filter { now - $0.value.time < Self.pause }
            return failures[id]?.error
        }
    }
}

import Synchronization

import struct Foundation.Date

/// Loads organizations from the store without delaying anything else: a few at a time, and one that cannot be read not again within a second.
final class OrganizationLoader: Sendable {
    /// How many organizations are loaded at a time.
    static let mostLoads = 2
    /// For how many seconds an organization that makes no sense is not read again.
    static let pause = 1.0

    private struct Failure {
        let error: StoreError
        let time: Date
    }

    private let store: any Store
    private let now: @Sendable () -> Date
    private let gate = ReadGate(limit: mostLoads)
    private let failures = Mutex<[String: Failure]>([:])

    /// Creates a loader of the organizations of `store`.
    init(store: any Store, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.now = now
    }

    /// Returns the organization as it is stored; nil when it does not exist. Throws what the store throws, and
    /// ``StoreError/corrupt(cause:)`` when what is stored makes no sense.
    func load(_ id: String) async throws(StoreError) -> Organization? {
        guard await gate.enter(id) else { throw .cancelled }
        defer { gate.leave(id) }
        if let error = recentFailure(id) { throw error }
        do throws(StoreError) {
            guard let stored = try await store.load(id) else { return nil }
            return try await Organization.building(stored)
        } catch {
            if case .corrupt = error {
                let failure = Failure(error: error, time: now())
                failures.withLock { $0[id] = failure }
            }
            throw error
        }
    }

    /// The error of a load within the last second. A clock that was set back ends that too.
    private func recentFailure(_ id: String) -> StoreError? {
        let now = now()
        return failures.withLock { failures in
            failures = failures.filter { (0..<Self.pause).contains(now.timeIntervalSince($0.value.time)) }
            return failures[id]?.error
        }
    }
}

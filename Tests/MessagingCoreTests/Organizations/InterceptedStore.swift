import Foundation
import MessagingCore
import Synchronization

/// A real store whose commits pass a closure on their way. The closure may count them, hold them back, or respond in place of the store.
/// Another closure runs after each read of the history before its result is returned. A third one gets the organization's id before each
/// load. A store that other servers may have, too, has closures that run before each check of revisions and after each load.
final class InterceptedStore: Store {
    /// The number of the commit call, from 1; the commit; and the store itself.
    typealias Interception = @Sendable (_ number: Int, _ commit: Commit, _ store: any Store) async -> CommitOutcome

    private let base: any Store
    private let intercept: Interception
    private let afterLooks: @Sendable () async -> Void
    private let beforeLoads: @Sendable (String) async -> Void
    private let beforeChecks: (@Sendable () async -> Void)?
    private let afterLoads: @Sendable () async -> Void
    private let calls = Mutex(0)
    private let dropped = Mutex<[Int]>([])
    private let seen = Mutex<[String: Int]>([:])
    private let isReadOnly = Mutex(false)
    private let lostRevisions = Mutex<(era: String, count: Revision)>(("first", 0))
    private let failures = Mutex<[String: StoreError]>([:])

    init(_ base: any Store, _ intercept: @escaping Interception = { await $2.commit($1) }) {
        self.base = base
        self.intercept = intercept
        afterLooks = {}
        beforeLoads = { _ in }
        (beforeChecks, afterLoads) = (nil, {})
    }

    /// Creates a store that other servers may have, too.
    init(
        sharing base: any Store,
        beforeChecks: @escaping @Sendable () async -> Void = {},
        afterLoads: @escaping @Sendable () async -> Void = {}
    ) {
        self.base = base
        self.beforeChecks = beforeChecks
        self.afterLoads = afterLoads
        intercept = { await $2.commit($1) }
        afterLooks = {}
        beforeLoads = { _ in }
    }

    init(_ base: any Store, afterLooks: @escaping @Sendable () async -> Void) {
        self.base = base
        self.afterLooks = afterLooks
        beforeLoads = { _ in }
        (beforeChecks, afterLoads) = (nil, {})
        intercept = { await $2.commit($1) }
    }

    init(_ base: any Store, beforeLoads: @escaping @Sendable (_ organization: String) async -> Void) {
        self.base = base
        self.beforeLoads = beforeLoads
        afterLooks = {}
        (beforeChecks, afterLoads) = (nil, {})
        intercept = { await $2.commit($1) }
    }

    var epoch: String { base.epoch }
    var canWrite: Bool { base.canWrite && !isReadOnly.withLock { $0 } }
    var taskExecutor: (any TaskExecutor)? { base.taskExecutor }
    var sharedRevisions: (any SharedRevisions)? { beforeChecks == nil ? nil : self }

    /// How often everything but ``commit(_:)`` was called, by the names of the methods.
    var accesses: [String: Int] { seen.withLock { $0 } }

    /// Makes the store report that it cannot write.
    func makeReadOnly() { isReadOnly.withLock { $0 = true } }

    /// Lets the next call of a method that reads organizations fail, by its name as in ``accesses``.
    func failOnce(_ name: String, _ error: StoreError) { failures.withLock { $0[name] = error } }

    private func count(_ name: String = #function) { seen.withLock { $0[name, default: 0] += 1 } }

    private func countOrFail(_ name: String = #function) throws(StoreError) {
        count(name)
        if let error = failures.withLock({ $0.removeValue(forKey: name) }) { throw error }
    }

    /// How often ``commit(_:)`` was called.
    var commitCalls: Int { calls.withLock { $0 } }

    /// How many changes each call of `dropChanges` dropped.
    var drops: [Int] { dropped.withLock { $0 } }

    func commit(_ commit: Commit) async -> CommitOutcome {
        let number = calls.withLock { count in
            count += 1
            return count
        }
        return await intercept(number, commit, base)
    }

    func load(_ organization: String) async throws(StoreError) -> StoredOrganization? {
        try countOrFail()
        await beforeLoads(organization)
        let loaded = try await base.load(organization)
        await afterLoads()
        return loaded
    }
    func organizations(after id: String?, limit: Int) async throws(StoreError) -> [String] {
        count()
        return try await base.organizations(after: id, limit: limit)
    }
    func leaseEffects(
        dueAt moment: Date,
        longestDelay: Double,
        limit: Int
    ) async throws(StoreError) -> [LeasedEffect] {
        try countOrFail()
        return try await base.leaseEffects(dueAt: moment, longestDelay: longestDelay, limit: limit)
    }
    func finishEffect(_ key: Effect.Key, of organization: String) async throws(StoreError) {
        try countOrFail()
        try await base.finishEffect(key, of: organization)
    }
    func client(_ id: String) async throws(StoreError) -> StoredClient? {
        count()
        return try await base.client(id)
    }
    func changes(of organization: String, after revision: Revision, limit: Int) async throws(StoreError) -> [Change]? {
        count()
        return try await base.changes(of: organization, after: revision, limit: limit)
    }
    func changes(
        of organization: String,
        _ selection: ChangeSelection,
        offset: Int,
        limit: Int
    ) async throws(StoreError) -> ChangePage {
        count()
        let page = try await base.changes(of: organization, selection, offset: offset, limit: limit)
        await afterLooks()
        return page
    }
    func size(of organization: String) async throws(StoreError) -> OrganizationSize? {
        try countOrFail()
        return try await base.size(of: organization)
    }
    func dropChanges(of organization: String, _ cut: HistoryCut, limit: Int) async throws(StoreError) -> Int {
        count()
        let count = try await base.dropChanges(of: organization, cut, limit: limit)
        dropped.withLock { $0.append(count) }
        return count
    }
    func insert(_ token: StoredToken, upTo most: Int, at now: Date) async throws(StoreError) -> Bool {
        count()
        return try await base.insert(token, upTo: most, at: now)
    }
    func idempotencyRecords(of organization: String, _ ids: [String]) async throws(StoreError) -> [IdempotencyRecord] {
        try countOrFail()
        return try await base.idempotencyRecords(of: organization, ids)
    }
    func deleteIdempotencyRecords(
        of organization: String,
        expiredBefore moment: Date,
        limit: Int
    ) async throws(StoreError) -> Int {
        count()
        return try await base.deleteIdempotencyRecords(of: organization, expiredBefore: moment, limit: limit)
    }
    func token(digest: [UInt8]) async throws(StoreError) -> (token: StoredToken, revision: Revision)? {
        count()
        return try await base.token(digest: digest)
    }
    func deleteTokens(expiredBefore moment: Date, limit: Int) async throws(StoreError) -> Int {
        count()
        return try await base.deleteTokens(expiredBefore: moment, limit: limit)
    }
}

extension InterceptedStore: SharedRevisions {
    func readRevisions(
        of organizations: @escaping @Sendable () -> [String],
        _ receiver: @escaping @Sendable (Result<PresentRevisions, StoreError>) -> Void
    ) {
        let organizations = organizations()
        Task {
            do throws(StoreError) {
                receiver(.success(try await revisions(of: organizations)))
            } catch {
                receiver(.failure(error))
            }
        }
    }

    private func revisions(of organizations: [String]) async throws(StoreError) -> PresentRevisions {
        await beforeChecks?()
        try countOrFail()
        let lost = lostRevisions.withLock { $0 }
        var revisions: [Revision] = []
        for id in organizations { revisions.append(max(0, (try await base.load(id)?.revision ?? 0) - lost.count)) }
        return PresentRevisions(era: lost.era, revisions: revisions)
    }

    /// Makes the store report another era, and revisions that are older by a count.
    func lose(_ count: Revision, era: String) { lostRevisions.withLock { $0 = (era, count) } }
}

/// A gate that holds all callers until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        waiting.forEach { $0.resume() }
        waiting = []
    }
}

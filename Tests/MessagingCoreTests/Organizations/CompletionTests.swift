import Foundation
import MessagingContract
import MessagingCore
import MessagingSQLite
import Synchronization
import Testing

@Suite struct CompletionTests {
    private static func initiated(in organization: String, _ organizations: Organizations) async throws -> String {
        try await organizations.change(organization, by: .sample()) { (draft) throws(APIError) in
            let entry = try draft.createIntegration(.sample())
            return entry.id
        }
    }

    private static func isComplete(
        _ id: String,
        in organization: String,
        _ organizations: Organizations
    ) async throws -> Bool {
        let snapshot = try #require(try await organizations.snapshot(of: organization))
        let entry = try #require(snapshot[.openIntegration][id])
        return try OpenIntegrationRecord(document: entry.bytes).createStatus == .completed
    }

    /// Two organizations that each have an integration whose creation is not complete, in the order in which they are loaded.
    private static func left(in store: SQLiteStore) async throws -> [(organization: String, integration: String)] {
        let before = Organizations(store: store)
        var left: [(organization: String, integration: String)] = []
        for _ in 0..<2 {
            let organization = try await before.create(name: "o", by: .sample()).id
            left.append((organization, try await Self.initiated(in: organization, before)))
        }
        return left
    }

    /// The failures of a runner.
    private final class Failures: Sendable {
        private let all = Mutex<[(effect: LeasedEffect?, status: Int)]>([])
        var statuses: [Int] { all.withLock { $0.map(\.status) } }
        var effects: [LeasedEffect] { all.withLock { $0.compactMap(\.effect) } }
        func add(_ effect: LeasedEffect?, _ status: Int) { all.withLock { $0.append((effect, status)) } }
    }

    private final class Waits: Sendable {
        private let waits = Mutex<[Duration]>([])
        var all: [Duration] { waits.withLock { $0 } }
        func add(_ wait: Duration) { waits.withLock { $0.append(wait) } }
    }

    /// A runner of the effects that an earlier server left.
    private static func runner(of organizations: Organizations, _ failures: Failures) -> EffectRunner {
        EffectRunner(
            organizations: organizations,
            handlers: OpenIntegrations(organizations: organizations, keys: SealingKeys()).effectHandlers,
            longestDelay: 3_600,
            failed: { effect, error in failures.add(effect, error.status) }
        )
    }

    /// A while later, where no wait takes time.
    private static let later = Surroundings(now: { _ in Date() + 2 * Effect.leaseTime }, sleep: { _ in })

    /// A store that is away for a moment after the start leaves no integration behind.
    @Test(arguments: ["leaseEffects(dueAt:longestDelay:limit:)", "load(_:)"])
    func pendingCompletionsRunWhenTheStoreIsAvailableAgain(_ method: String) async throws {
        let base = try SQLiteStore.inMemory()
        let left = try await Self.left(in: base)
        let store = InterceptedStore(base)
        store.failOnce(method, .unavailable(cause: "away"))
        let organizations = Organizations(store: store, surroundings: Self.later)
        let failures = Failures()
        await Self.runner(of: organizations, failures).runStored()
        #expect(failures.statuses == [])
        for (organization, integration) in left {
            #expect(try await Self.isComplete(integration, in: organization, organizations))
        }
        #expect(try await base.leaseEffects(dueAt: .distantFuture, longestDelay: 3_600, limit: 9) == [])
    }

    /// An effect of another server's commit is not taken for one that has run, even if the snapshot in memory is older.
    @Test func anEffectFindsTheCommitOfAnotherServer() async throws {
        let base = try SQLiteStore.inMemory()
        let organizations = Organizations(store: InterceptedStore(sharing: base), surroundings: Self.later)
        let id = try await organizations.create(name: "o", by: .sample()).id
        let integration = try await Self.initiated(in: id, Organizations(store: InterceptedStore(sharing: base)))
        let failures = Failures()
        await Self.runner(of: organizations, failures).runStored()
        #expect(failures.statuses == [])
        #expect(try await Self.isComplete(integration, in: id, organizations))
    }

    /// An unreadable organization delays no other, and its effect stays.
    @Test func anUnreadableOrganizationDelaysNoOther() async throws {
        let base = try SQLiteStore.inMemory()
        let left = try await Self.left(in: base)
        let store = InterceptedStore(base)
        store.failOnce("load(_:)", .corrupt(cause: "broken"))
        let organizations = Organizations(store: store, surroundings: Self.later)
        let failures = Failures()
        await Self.runner(of: organizations, failures).runStored()
        #expect(failures.statuses == [500])
        let failed = try #require(failures.effects.first)
        let (organization, integration) = try #require(left.first { $0.organization != failed.organization })
        #expect(try await Self.isComplete(integration, in: organization, organizations))
        let again = try await base.leaseEffects(
            dueAt: Self.later.now(nil) + 2 * Effect.leaseTime,
            longestDelay: 3_600,
            limit: 9
        )
        #expect(again.map(\.effect.key) == [failed.effect.key])
        #expect(again.map(\.attempts) == [3])
    }

    /// The runner waits until an effect is due, by the clock of the organizations.
    @Test func anEffectRunsWhenItIsDue() async throws {
        let store = try SQLiteStore.inMemory()
        let (asked, mayGoOn) = (Gate(), Gate())
        let waits = Waits()
        let surroundings = Surroundings(
            now: { _ in Date(timeIntervalSince1970: 1_000) },
            sleep: { wait in
                // The look for stored effects rests for longer.
                guard wait == .seconds(30) else { return try await Task.sleep(for: .seconds(86_400)) }
                waits.add(wait)
                await asked.open()
                await mayGoOn.wait()
            }
        )
        let organizations = Organizations(store: store, surroundings: surroundings)
        let organization = try await organizations.create(name: "o", by: .sample()).id
        let runner = EffectRunner(
            organizations: organizations,
            handlers: OpenIntegrations(organizations: organizations, keys: SealingKeys()).effectHandlers,
            longestDelay: 3_600
        )
        let running = RunningEffects(runner)
        let integration = try await organizations.change(organization, by: .sample()) { (draft) throws(APIError) in
            try draft.createIntegration(.sample(), completedAfter: 30).id
        }
        await asked.wait()
        #expect(try await Self.isComplete(integration, in: organization, organizations) == false)
        await mayGoOn.open()
        while try await Self.isComplete(integration, in: organization, organizations) == false { await Task.yield() }
        #expect(waits.all == [.seconds(30)])
        withExtendedLifetime(running) {}
        #expect(
            try await store.leaseEffects(dueAt: Date(timeIntervalSince1970: 9_000), longestDelay: 3_600, limit: 9) == []
        )
    }
}

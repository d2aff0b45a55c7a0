import Dispatch
import MessagingContract
import MessagingSQLite
import Synchronization
import Testing

@testable import MessagingCore

@Suite(.generousLimit) struct GroupCommitTests {
    @Test func waitingWritesShareCommits() async throws {
        let base = try await Fixture()
        let held = HeldOrganizations(base)
        let entries = try await withThrowingTaskGroup(of: Entry.self) { group in
            group.addTask { try await held.create("0", in: base.id) }
            await held.waitForCommit()
            for number in 1..<65 { group.addTask { try await held.create("\(number)", in: base.id) } }
            await held.waitForWrites(64)
            await held.gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(held.store.commitCalls <= 8)
        let stored = try await base.stored()
        #expect(stored.revision == 66)
        #expect(Set(entries.map(\.name)).count == 65)
        for entry in entries { #expect(try stored.get(MessagingSetting.self, entry.id) == entry) }
    }

    /// Each organization hands over a commit of its own, and the store makes them durable together.
    @Test func waitingOrganizationsShareATransaction() async throws {
        let store = try SQLiteStore.inMemory()
        let organizations = Organizations(store: store)
        let create: @Sendable (String) async throws -> Void = { id in
            _ = try await organizations.create("n", in: id, once: nil)
        }
        var ids: [String] = []
        for number in 0..<64 {
            ids.append(try await organizations.create(name: "\(number)", by: .sample()).id)
            try await create(ids[number])
        }
        let before = store.turns
        try await withThrowingTaskGroup(of: Void.self) { group in
            let busy = DispatchSemaphore(value: 0)
            group.addTask(executorPreference: store.taskExecutor) { Self.wait(for: busy) }
            for id in ids { group.addTask { try await create(id) } }
            while organizations.waitingWrites < 64 { await Task.yield() }
            busy.signal()
            try await group.waitForAll()
        }
        #expect(store.turns - before <= 8)
        for id in ids {
            let stored = try Organization(try #require(try await store.load(id)))
            #expect(stored.list(MessagingSetting.self, try Paging()).total == 2)
        }
    }

    private static func wait(for semaphore: DispatchSemaphore) { semaphore.wait() }

    @Test func loadingAnOrganizationDelaysNoOtherWrites() async throws {
        let base = try await Fixture()
        let other = try await base.organizations.create(name: "Other", by: .sample())
        let gate = Gate()
        let store = InterceptedStore(base.store) { id in if id == base.id { await gate.wait() } }
        let organizations = Organizations(store: store)
        let rename: Draft.Rule<Entry> = { (draft) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"))
        }
        async let held = organizations.change(base.id, by: .sample(), rename)
        while organizations.waitingWrites == 0 { await Task.yield() }
        for _ in 0..<3 { _ = try await organizations.change(other.id, by: .sample(), rename) }
        #expect(organizations.waitingWrites == 1)
        await gate.open()
        _ = try await held
    }

    @Test func aRefusalAfterAnUncommittedChangeWaitsForIt() async throws {
        let base = try await Fixture()
        let setting = try await base.create("n")
        let held = HeldOrganizations(base, through: 2) { number, commit, store in
            number == 2 ? .unavailable : await store.commit(commit)
        }
        async let first = held.create("first", in: base.id)
        await held.waitForCommit()
        let chosen = Task {
            try await held.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                try draft.setDefault(MessagingSetting.self, setting.id)
            }
        }
        await held.waitForWrites(1)
        let deleted = Task {
            try await held.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                try draft.delete(MessagingSetting.self, setting.id)
            }
        }
        await held.waitForWrites(2)
        await held.gate.open()
        _ = try await first
        // The default was never set, so the refusal "it is the default" would have been wrong.
        await #expect(throws: APIError.serviceUnavailable.caused(by: "the store is not available")) {
            _ = try await chosen.value
        }
        await #expect(throws: APIError.serviceUnavailable.caused(by: "the store is not available")) {
            try await deleted.value
        }
    }

    @Test func nothingIsVisibleBeforeItIsDurable() async throws {
        let base = try await Fixture()
        let held = HeldOrganizations(base)
        async let created = held.create("n", in: base.id)
        await held.waitForCommit()
        let before = try await held.organizations.snapshot(of: base.id)
        #expect(try before?.list(MessagingSetting.self, Paging()).total == 0)
        await held.gate.open()
        let entry = try await created
        #expect(try await held.organizations.snapshot(of: base.id)?.get(MessagingSetting.self, entry.id) == entry)
    }

    @Test func anotherServersCommitIsAppliedTo() async throws {
        let base = try await Fixture()
        let other = Organizations(store: base.store)
        _ = try await other.snapshot(of: base.id)
        let first = try await base.create("first")
        let second = try await other.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "second"))
        }
        let stored = try await base.stored()
        #expect(stored.revision == 3)
        #expect(Array(stored[.messagingSetting].entries) == [first, second])
    }

    @Test func writesBeyondTheLimitOfWaitingOnesAreRefused() async throws {
        let base = try await Fixture()
        let held = HeldOrganizations(base)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await held.create("n", in: base.id) }
            await held.waitForCommit()
            for _ in 0..<WaitingWrites.mostWaiting { group.addTask { try await held.create("n", in: base.id) } }
            await held.waitForWrites(WaitingWrites.mostWaiting)
            let error = await #expect(throws: APIError.self) { try await held.create("n", in: base.id) }
            #expect(error?.status == 503)
            #expect(error?.retryAfter == 1)
            await held.gate.open()
            try await group.waitForAll()
        }
        let total = try await base.stored().list(MessagingSetting.self, Paging()).total
        #expect(total == WaitingWrites.mostWaiting + 1)
    }

    @Test func endlessConflictsEndIn503() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store) { _, commit, _ in .conflict }
        let pauses = Mutex<[Duration]>([])
        let organizations = Organizations(
            store: store,
            surroundings: Surroundings(sleep: { pause in pauses.withLock { $0.append(pause) } })
        )
        let error = await #expect(throws: APIError.self) {
            try await organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                draft.revoke(token: [1])
            }
        }
        #expect(error?.status == 503)
        #expect(store.commitCalls == Organizations.attempts)
        let taken = pauses.withLock { $0 }
        #expect(taken.allSatisfy { .zero <= $0 && $0 <= .milliseconds(8) })
        #expect(Set(taken).count > taken.count / 2, "servers that pause for the same time meet again")
    }

    @Test func changingAnUnknownOrganizationIsNotFound() async throws {
        let organizations = try await Fixture().organizations
        await #expect(throws: APIError.notFound) {
            try await organizations.change("none", by: .sample()) { draft in
                draft.clearDefault(MessagingSetting.self)
            }
        }
    }
}

/// Organizations over the store of a fixture, which holds a commit back until the gate opens.
private struct HeldOrganizations: Sendable {
    let gate = Gate()
    let store: InterceptedStore
    let organizations: Organizations

    /// Holds the calls up to the one with this number, and all later ones until then. `commit` then responds in place of the store.
    init(
        _ base: Fixture,
        through last: Int = 1,
        _ commit: @escaping InterceptedStore.Interception = { await $2.commit($1) }
    ) {
        store = InterceptedStore(base.store) { [gate] number, held, store in
            if number <= last { await gate.wait() }
            return await commit(number, held, store)
        }
        organizations = Organizations(store: store)
    }

    @discardableResult
    func create(_ name: String, in organization: String) async throws(APIError) -> Entry {
        try await organizations.change(organization, by: .sample()) { (draft) throws(APIError) in
            try draft.create(MessagingSetting.self, MessagingSettingRequest(name: name))
        }
    }

    /// Waits until a commit is under way.
    func waitForCommit() async { while store.commitCalls == 0 { await Task.yield() } }

    /// Waits until this many writes wait for a commit.
    func waitForWrites(_ count: Int) async { while organizations.waitingWrites < count { await Task.yield() } }
}

import Foundation
import MessagingContract
import Synchronization
import Testing

@testable import MessagingCore

/// How organizations get into memory.
@Suite struct LoadingTests {
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func advance(by step: Duration) { time.withLock { $0 += step } }
    }

    @Test func aCorruptOrganizationIsNotReadAgainWithinASecond() async throws {
        let base = try await Fixture()
        let store = InterceptedStore(base.store)
        let clock = Clock()
        let loader = OrganizationLoader(store: store) { clock.now }
        let change = Change(
            revision: 2,
            position: 0,
            kind: .messagingSetting,
            id: "broken",
            before: nil,
            after: [0xFF],
            author: .sample(),
            time: Date()
        )
        let commit = Commit(organization: base.id, base: 1, revision: 2, changes: [change])
        #expect(await base.store.commit(commit) == .committed)
        for (step, loads) in [(0, 1), (500, 1), (600, 2), (900, 2), (100, 3), (0, 3)] {
            clock.advance(by: .milliseconds(step))
            await #expect(throws: StoreError.self) { try await loader.load(base.id) }
            #expect(store.accesses["load(_:)"] == loads)
        }
    }

    @Test func aWriteThatWaitsForItsOrganizationDelaysNoOther() async throws {
        let base = try await Fixture()
        let other = try await Organizations(store: base.store).create(name: "Other", by: .sample()).id
        let gate = Gate()
        let store = InterceptedStore(base.store, beforeLoads: { if $0 == base.id { await gate.wait() } })
        let organizations = Organizations(store: store)
        let slow = Task { try await organizations.change(base.id, by: .sample(), Self.create) }
        while store.accesses["load(_:)"] == nil { await Task.yield() }
        _ = try await organizations.change(other, by: .sample(), Self.create)
        #expect(store.accesses["load(_:)"] == 2)
        await gate.open()
        _ = try await slow.value
        #expect(try await base.stored()[.messagingSetting].count == 1)
    }

    /// With too little memory for any of them, all are large ones.
    @Test(arguments: [(memory: 256 << 20, atATime: 2), (memory: 1, atATime: 1)])
    func twoOrganizationsAreLoadedAtATimeAndALargeOneAlone(memory: Int, atATime: Int) async throws {
        let base = try await Fixture()
        var ids = [base.id]
        for name in ["b", "c", "d"] {
            ids.append(try await Organizations(store: base.store).create(name: name, by: .sample()).id)
        }
        let gate = Gate()
        let store = InterceptedStore(base.store, beforeLoads: { _ in await gate.wait() })
        let organizations = Organizations(store: store, snapshotMemory: memory)
        let loads = ids.map { id in Task { try await organizations.snapshot(of: id) } }
        while store.accesses["load(_:)", default: 0] < atATime { await Task.yield() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(store.accesses["load(_:)"] == atATime)
        await gate.open()
        for (id, load) in zip(ids, loads) { #expect(try await load.value?.id == id) }
        #expect(store.accesses["load(_:)"] == 4)
    }

    private static let create: Draft.Rule<Entry> = { (draft) throws(APIError) in
        try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"))
    }
}

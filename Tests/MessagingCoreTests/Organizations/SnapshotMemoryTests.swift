import Foundation
import MessagingContract
import MessagingCore
import MessagingSQLite
import Synchronization
import Testing

/// Organizations that do not fit into the memory for snapshots are read again when they are used again.
@Suite(.generousLimit) struct SnapshotMemoryTests {
    /// A store with many new organizations, and the memory of one of them.
    private struct Many {
        let store: any Store
        let ids: [String]
        let memory: Int

        init(_ count: Int) async throws {
            let base = try await Fixture()
            let stored = try #require(try await base.store.load(base.id))
            let one = Organizations(store: base.store)
            _ = try await one.snapshot(of: base.id)
            memory = one.snapshotStatistics.bytes
            store = base.store
            ids = (0..<count).map { "organization \($0)" }
            let changes = stored.records.filter { $0.kind != .oauthClient }.enumerated().map { place, record in
                Change.sample(record, at: place)
            }
            for id in ids {
                let commit = Commit(organization: id, base: 0, revision: 1, changes: changes)
                #expect(await store.commit(commit) == .committed)
            }
        }

        /// Memory for so many of them.
        func organizations(_ count: Int, in store: (any Store)? = nil) -> Organizations {
            Organizations(store: store ?? self.store, snapshotMemory: count * memory)
        }
    }

    @Test func tenThousandOrganizationsAreReadWithinTheMemoryOfAHundred() async throws {
        let many = try await Many(10_000)
        let organizations = many.organizations(100)
        for id in many.ids {
            #expect(try await organizations.snapshot(of: id)?.id == id)
            #expect(organizations.snapshotStatistics.bytes <= 100 * many.memory)
        }
        let statistics = organizations.snapshotStatistics
        #expect(statistics.loads == 10_000)
        #expect(statistics.count == 100)
        #expect(statistics.evictions == 9_900)
        #expect(statistics.largeLoads == 0)
    }

    @Test func usedSnapshotsStay() async throws {
        let many = try await Many(40)
        let store = InterceptedStore(many.store)
        let organizations = many.organizations(10, in: store)
        let first = many.ids[0]
        for id in many.ids {
            _ = try await organizations.snapshot(of: id)
            _ = try await organizations.snapshot(of: first)
        }
        #expect(store.accesses["load(_:)"] == 40)
    }

    @Test func anOrganizationWithAWriteInACommitStays() async throws {
        let many = try await Many(40)
        let (started, gate) = (Gate(), Gate())
        let store = InterceptedStore(many.store) { _, commit, store in
            await started.open()
            await gate.wait()
            return await store.commit(commit)
        }
        let organizations = many.organizations(10, in: store)
        let id = many.ids[0]
        let write = Task { try await organizations.change(id, by: .sample(), Self.create) }
        await started.wait()
        for other in many.ids.dropFirst() { _ = try await organizations.snapshot(of: other) }
        #expect(try await organizations.snapshot(of: id)?.revision == 1)
        #expect(store.accesses["load(_:)"] == 40)
        await gate.open()
        _ = try await write.value
        #expect(try await organizations.snapshot(of: id)?.revision == 2)
        #expect(store.accesses["load(_:)"] == 40)
    }

    @Test func writesToMoreOrganizationsThanFitAreMade() async throws {
        let many = try await Many(60)
        let organizations = many.organizations(2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in many.ids {
                for _ in 0..<3 {
                    group.addTask { _ = try await organizations.change(id, by: .sample(), Self.create) }
                }
            }
            try await group.waitForAll()
        }
        // Snapshots are dropped when the last write of an organization has its response.
        while organizations.snapshotStatistics.bytes > 2 * many.memory { await Task.yield() }
        for id in many.ids {
            #expect(try await organizations.snapshot(of: id)?[.messagingSetting].count == 3)
        }
    }

    /// Its snapshot may be its only readable value. If the store works, it can be loaded again.
    @Test(arguments: [false, true]) func anOrganizationInDoubtStaysWhileTheStoreCannotWrite(isReadOnly: Bool)
        async throws
    {
        let many = try await Many(40)
        let store = InterceptedStore(many.store) { _, commit, _ in .unknown }
        let organizations = many.organizations(10, in: store)
        let id = many.ids[0]
        await #expect(throws: APIError.self) { try await organizations.change(id, by: .sample(), Self.create) }
        if isReadOnly { store.makeReadOnly() }
        for other in many.ids.dropFirst() { _ = try await organizations.snapshot(of: other) }
        for method in ["changes(of:after:limit:)", "load(_:)"] { store.failOnce(method, .unavailable(cause: "a test")) }
        if isReadOnly {
            #expect(try await organizations.snapshot(of: id)?.revision == 1)
        } else {
            await #expect(throws: APIError.self) { try await organizations.snapshot(of: id) }
        }
        #expect(organizations.snapshotStatistics.count == 10)
    }

    @Test func anOrganizationOfMoreThanHalfOfTheMemoryIsReadAndReported() async throws {
        let many = try await Many(3)
        let large = Mutex<[String: Int]>([:])
        let organizations = Organizations(
            store: many.store,
            snapshotMemory: many.memory + many.memory / 2,
            onLargeLoad: { id, bytes in large.withLock { $0[id] = bytes } }
        )
        for id in many.ids { #expect(try await organizations.snapshot(of: id)?.id == id) }
        #expect(organizations.snapshotStatistics.largeLoads == 3)
        #expect(organizations.snapshotStatistics.count == 1)
        #expect(large.withLock { $0 } == Dictionary(uniqueKeysWithValues: many.ids.map { ($0, many.memory) }))
    }

    @Test func peekingAtAllOrganizationsKeepsNone() async throws {
        let many = try await Many(40)
        let organizations = many.organizations(10)
        let used = many.ids[0]
        _ = try await organizations.snapshot(of: used)
        for id in many.ids { #expect(try await organizations.peek(at: id)?.id == id) }
        #expect(organizations.snapshotStatistics.count == 1)
        #expect(organizations.snapshotStatistics.loads == 1)
    }

    @Test func memoryIsCountedUpAndDownAgain() async throws {
        let base = try await Fixture()
        _ = try await base.organizations.snapshot(of: base.id)
        let before = base.organizations.snapshotStatistics.bytes
        let entry = try await base.create("a name")
        let with = base.organizations.snapshotStatistics.bytes
        #expect(with > before + entry.bytes.count)
        let loaded = Organizations(store: base.store)
        _ = try await loaded.snapshot(of: base.id)
        #expect(loaded.snapshotStatistics.bytes == with)
        try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            try draft.delete(MessagingSetting.self, entry.id)
        }
        #expect(base.organizations.snapshotStatistics.bytes == before)
    }

    private static let create: Draft.Rule<Entry> = { (draft) throws(APIError) in
        try draft.create(MessagingSetting.self, MessagingSettingRequest(name: "n"))
    }
}

extension Change {
    /// The change that makes a record, in the first revision.
    fileprivate static func sample(_ record: Record, at position: Int) -> Change {
        Change(
            revision: 1,
            position: position,
            kind: record.kind,
            id: record.id,
            before: nil,
            after: record.bytes,
            author: .sample(),
            time: .distantPast
        )
    }
}

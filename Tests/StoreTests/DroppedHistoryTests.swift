import Foundation
import MessagingCore
import Testing

@Suite struct DroppedHistoryTests {
    /// Revisions 1, 2, 5, 9 and 10, at 1 s, 2 s and so on, with two changes each.
    private static let revisions: [Revision] = [1, 2, 5, 9, 10]

    private static func fill(_ store: any Store, _ organizations: String...) async {
        for organization in organizations {
            var base: Revision = 0
            for revision in revisions {
                let changes = (0...1).map { position in
                    Change.sample(revision, position: position, id: "\(revision)", milliseconds: Int(revision) * 1000)
                }
                let commit = Commit(organization: organization, base: base, revision: revision, changes: changes)
                #expect(await store.commit([commit]) == [.committed])
                base = revision
            }
        }
    }

    private static func moment(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    @Test(arguments: Engine.all) func theNewestChangesAreKept(engine: Engine) async throws {
        try await engine.withStore { store throws in
            await Self.fill(store, "o1", "o2")
            let all = try #require(try await store.changes(of: "o1", after: 0, limit: 100))
            let present = try await store.load("o1")
            func drop(_ most: Int, limit: Int = 100) async throws -> Int {
                try await store.dropChanges(of: "o1", HistoryCut(keeping: most, since: .distantPast), limit: limit)
            }
            for (most, limit) in [(10, 100), (.max, 100), (0, 0), (0, -1)] {
                #expect(try await drop(most, limit: limit) == 0)
            }
            #expect(try await store.changes(of: "o1", after: 0, limit: 100) == all)
            #expect(try await drop(4, limit: 4) == 4)
            #expect(try await drop(4, limit: 4) == 2)
            #expect(try await drop(4, limit: 4) == 0)
            #expect(try await store.changes(of: "o1", after: 5, limit: 100) == Array(all[6...]))
            #expect(try await drop(-1) == 4)
            #expect(try await store.changes(of: "o1", after: 10, limit: 100) == [])
            #expect(try await store.load("o1") == present)
            #expect(try await store.changes(of: "o2", after: 0, limit: 100)?.count == 10)
            #expect(
                try await store.dropChanges(of: "nobody", HistoryCut(keeping: 0, since: .distantFuture), limit: 9) == 0
            )
            #expect(
                try await store.dropChanges(of: "o\0", HistoryCut(keeping: 0, since: .distantFuture), limit: 9) == 0
            )
        }
    }

    @Test(arguments: Engine.all) func readingPastADroppedChangeFails(engine: Engine) async throws {
        try await engine.withStore { store throws in
            await Self.fill(store, "o1")
            let all = try #require(try await store.changes(of: "o1", after: 0, limit: 100))
            // Half of revision 5 is dropped, so only a snapshot of revision 5 or later can be brought forward.
            #expect(try await store.dropChanges(of: "o1", HistoryCut(keeping: 5, since: .distantPast), limit: 100) == 5)
            for revision: Revision in 0...4 {
                #expect(try await store.changes(of: "o1", after: revision, limit: 100) == nil)
                #expect(try await store.changes(of: "o1", after: revision, limit: 0) == nil)
            }
            for revision: Revision in 5...8 {
                #expect(try await store.changes(of: "o1", after: revision, limit: 100) == Array(all[6...]))
            }
            #expect(try await store.changes(of: "o1", after: 10, limit: 100) == [])
            #expect(await store.commit([.put("o1", from: 10)]) == [.committed])
            #expect(try await store.changes(of: "o1", after: 10, limit: 100)?.count == 1)
            #expect(try await store.dropChanges(of: "o1", HistoryCut(keeping: 5, since: .distantPast), limit: 100) == 1)
            #expect(try await store.changes(of: "o1", after: 4, limit: 100) == nil)
            #expect(try await store.changes(of: "o1", after: 5, limit: 100)?.count == 5)
        }
    }

    @Test(arguments: Engine.all) func oldChangesAreDroppedInTheirOrder(engine: Engine) async throws {
        try await engine.withStore { store throws in
            await Self.fill(store, "o1")
            func drop(before seconds: Double, limit: Int = 100) async throws -> Int {
                try await store.dropChanges(
                    of: "o1",
                    HistoryCut(keeping: 100, since: Self.moment(seconds)),
                    limit: limit
                )
            }
            #expect(try await drop(before: 1) == 0)
            #expect(try await drop(before: 5, limit: 3) == 3)
            #expect(try await drop(before: 5, limit: 3) == 1)
            #expect(try await drop(before: 5, limit: 3) == 0)
            #expect(try await store.changes(of: "o1", after: 1, limit: 100) == nil)
            #expect(try await store.changes(of: "o1", after: 2, limit: 100)?.count == 6)
            #expect(try await drop(before: 5.0005) == 2)
            // The clock went back. A change that is older by its time stays until all changes before it are dropped.
            let past = Commit(organization: "o1", base: 10, revision: 11, changes: [.sample(11, milliseconds: 0)])
            #expect(await store.commit([past]) == [.committed])
            #expect(try await drop(before: 6) == 0)
            #expect(try await drop(before: 10.5) == 5)
            #expect(
                try await store.dropChanges(of: "o1", HistoryCut(keeping: 0, since: .distantFuture), limit: .max) == 0
            )
        }
    }

    @Test(arguments: Engine.all) func protectedChangesAreDroppedNeitherByNumberNorByBytes(engine: Engine) async throws {
        try await engine.withStore { store throws in
            await Self.fill(store, "o1")
            func drop(_ cut: HistoryCut) async throws -> Int { try await store.dropChanges(of: "o1", cut, limit: 100) }
            // Revisions 1 and 2, with two changes each, are from before second 5.
            for protected in [Self.moment(1), .distantPast] {
                #expect(try await drop(HistoryCut(keeping: 0, bytes: 0, protected: protected)) == 0)
            }
            #expect(try await drop(HistoryCut(keeping: 0, protected: Self.moment(2))) == 2)
            #expect(try await drop(HistoryCut(bytes: 0, protected: Self.moment(5))) == 2)
            // A change that is too old is dropped even if it is protected.
            #expect(try await drop(HistoryCut(protected: .distantPast, since: Self.moment(6))) == 2)
            #expect(try await store.changes(of: "o1", after: 5, limit: 100)?.count == 4)
        }
    }

    @Test(arguments: Engine.all) func theOldestChangesAreDroppedUntilTheBytesFit(engine: Engine) async throws {
        try await engine.withStore { store throws in
            await Self.fill(store, "o1", "o2")
            let full = try #require(try await store.size(of: "o1"))
            // Each change is a creation of two bytes.
            #expect(full.history == 10 * 514)
            let cut = HistoryCut(bytes: full.total - 3 * 514)
            #expect(try await store.dropChanges(of: "o1", cut, limit: 100) == 3)
            #expect(try await store.dropChanges(of: "o1", cut, limit: 100) == 0)
            #expect(try await store.dropChanges(of: "o1", HistoryCut(bytes: full.total - 3 * 514 - 1), limit: 9) == 1)
            #expect(try await store.size(of: "o1") == OrganizationSize(records: full.records, history: 6 * 514))
            #expect(try await store.size(of: "o2") == full)
            #expect(try await store.size(of: "nobody") == nil)
            #expect(try await store.size(of: "\0") == nil)
        }
    }

    @Test(arguments: Engine.all) func largeChangesAreDroppedAFewAtATime(engine: Engine) async throws {
        try await engine.withStore { store throws in
            for base: Revision in 0..<12 {
                let change = Change.sample(base + 1, id: "\(base)", after: [UInt8](repeating: 32, count: 300 << 10))
                #expect(await store.commit([.step("o1", from: base, change)]) == [.committed])
            }
            func drop() async throws -> Int {
                try await store.dropChanges(of: "o1", HistoryCut(keeping: 2), limit: 500)
            }
            #expect(try await [drop(), drop(), drop(), drop()] == [4, 4, 2, 0])
        }
    }
}

import MessagingCore
import Testing

@Suite struct CommitTests {
    @Test(arguments: Engine.all) func anUnknownOrganizationIsNil(engine: Engine) async throws {
        try await engine.withStore { store throws in
            #expect(try await store.load("nobody") == nil)
            #expect(try await store.organizations() == [])
        }
    }

    @Test(arguments: Engine.all) func committedRecordsAreLoaded(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let first = Commit.step(
                "o1",
                from: 0,
                .sample(1, id: "a", after: [1]),
                .sample(1, position: 1, id: "b", after: [2])
            )
            #expect(await store.commit([first]) == [.committed])
            let second = Commit.step(
                "o1",
                from: 1,
                .sample(2, id: "a", before: [1], after: [3]),
                .sample(2, position: 1, id: "b", before: [2], after: nil)
            )
            #expect(await store.commit([second]) == [.committed])
            let loaded = try #require(try await store.load("o1"))
            #expect(loaded.revision == 2)
            #expect(loaded.records == [Record(kind: .setting, id: "a", bytes: [3])])
        }
    }

    @Test(arguments: Engine.all) func organizationsAreAscendingAndApart(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let commits = ["b", "a", "ä", "Z"].map { Commit.put($0, from: 0, "of \($0)") }
            #expect(await store.commit(commits) == [.committed, .committed, .committed, .committed])
            #expect(try await store.organizations() == ["Z", "a", "b", "ä"])
            #expect(try await store.organizations(after: nil, limit: 2) == ["Z", "a"])
            #expect(try await store.organizations(after: "a", limit: 2) == ["b", "ä"])
            #expect(try await store.organizations(after: "ä", limit: 2) == [])
            #expect(try await store.organizations(after: nil, limit: 0) == [])
            #expect(try await store.text("a") == "of a")
        }
    }

    @Test(arguments: Engine.all) func anotherBaseIsAConflictAndWritesNothing(engine: Engine) async throws {
        try await engine.withStore { store throws in
            #expect(await store.commit([.put("o1", from: 1)]) == [.conflict])
            #expect(try await store.load("o1") == nil)
            #expect(await store.commit([.put("o1", from: 0, "first")]) == [.committed])
            for base: Revision in [0, 2, 7] {
                #expect(await store.commit([.put("o1", from: base, "lost")]) == [.conflict])
            }
            #expect(try await store.text("o1") == "first")
            #expect(try await store.changes(of: "o1", after: 0, limit: 10)?.count == 1)
        }
    }

    @Test(arguments: Engine.all) func aConflictStopsNoOther(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.put("o2", from: 0, "old")])
            let outcomes = await store.commit([.put("o1", from: 0), .put("o2", from: 0, "lost"), .put("o3", from: 0)])
            #expect(outcomes == [.committed, .conflict, .committed])
            #expect(try await store.organizations() == ["o1", "o2", "o3"])
            #expect(try await store.text("o2") == "old")
            #expect(await store.commit([]) == [])
        }
    }

    @Test(arguments: Engine.all) func aRecordMayChangeSeveralTimesInOneCommit(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let commit = Commit(
                organization: "o1",
                base: 0,
                revision: 3,
                changes: [
                    .sample(1, id: "a", after: [1]), .sample(2, id: "a", before: [1], after: [2]),
                    .sample(2, position: 1, id: "b", after: [9]), .sample(3, id: "b", before: [9], after: nil),
                ]
            )
            #expect(await store.commit([commit]) == [.committed])
            let loaded = try #require(try await store.load("o1"))
            #expect(loaded.revision == 3)
            #expect(loaded.records == [Record(kind: .setting, id: "a", bytes: [2])])
            #expect(try await store.changes(of: "o1", after: 0, limit: 10) == commit.changes)
        }
    }

    @Test(arguments: Engine.all) func ofTwoCommitsWithOneBaseExactlyOneSucceeds(engine: Engine) async throws {
        try await engine.withStore { store throws in
            for base: Revision in 0..<20 {
                async let first = store.commit([.put("o1", from: base, "first")])
                async let second = store.commit([.put("o1", from: base, "second")])
                let outcomes = await first + second
                #expect(outcomes.sorted { "\($0)" < "\($1)" } == [.committed, .conflict])
                #expect(try await store.text("o1") == (outcomes[0] == .committed ? "first" : "second"))
            }
            #expect(try await store.changes(of: "o1", after: 0, limit: 100)?.map(\.revision) == Array(1...20))
        }
    }

    @Test(arguments: Engine.all) func aCancelledCallerCommitsAllTheSame(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await store.commit([.put("o1", from: 0)])
            }
            #expect(await task.value == [.committed])
        }
    }

    @Test(arguments: Engine.all) func aRevisionThatDoesNotGrowIsRefusedAlone(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.put("o1", from: 0, "kept")])
            let backwards = Commit(organization: "o1", base: 1, revision: 1, changes: [.sample(2)])
            #expect(await store.commit([backwards, .put("o2", from: 0)]) == [.unavailable, .committed])
            #expect(try await store.text("o1") == "kept")
        }
    }

    @Test(arguments: Engine.all) func anyTextAndAnyBytesAreRestored(engine: Engine) async throws {
        let ids = ["", " ", "é", "e\u{301}", "😀", "a'b\"c", "%_", String(repeating: "x", count: 5000), "\u{FFFF}\n"]
        let contents: [[UInt8]] = [[], [0], Array(0...255), [UInt8](repeating: 7, count: 1 << 20)]
        try await engine.withStore { store throws in
            let changes = ids.enumerated().map { index, id in
                Change.sample(
                    1,
                    position: index,
                    id: id,
                    before: index == 0 ? [] : nil,
                    after: contents[index % contents.count]
                )
            }
            let commit = Commit(organization: "o\u{301}", base: 0, revision: 1, changes: changes)
            #expect(await store.commit([commit]) == [.committed])
            let records = try #require(try await store.load("o\u{301}")).records
            let sorted = { (pairs: [(id: String, bytes: [UInt8]?)]) in
                pairs.map { Array($0.id.utf8) + [0] + ($0.bytes ?? [1]) }.sorted { $0.lexicographicallyPrecedes($1) }
            }
            #expect(sorted(records.map { ($0.id, $0.bytes) }) == sorted(changes.map { ($0.id, $0.after) }))
            #expect(try await store.changes(of: "o\u{301}", after: 0, limit: 100) == changes)
            #expect(try await store.load("\u{F3}") == nil)
        }
    }

    @Test(arguments: Engine.all) func textWithZeroIsNeitherStoredNorFound(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let outcomes = await store.commit([
                .put("o1", from: 0, id: "a\0b"), .put("o2", from: 0), .put("o\0", from: 0),
            ])
            #expect(outcomes == [.unavailable, .committed, .unavailable])
            #expect(try await store.organizations() == ["o2"])
            #expect(try await store.load("o2\0x") == nil)
        }
    }
}

import MessagingCore
import Testing

@Suite struct HistoryTests {
    @Test(arguments: Engine.all) func everyChangeIsKeptAsItWas(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let created = Change.sample(1, id: "a", after: [1], author: .administration, milliseconds: -1)
            let changed = Change.sample(2, id: "a", before: [1], after: [2], milliseconds: 1_699_999_999_999)
            let deleted = Change.sample(2, position: 1, id: "a", before: [2], after: nil)
            #expect(await store.commit([.step("o1", from: 0, created)]) == [.committed])
            #expect(await store.commit([.step("o1", from: 1, changed, deleted)]) == [.committed])
            #expect(try await store.changes(of: "o1", after: 0, limit: 10) == [created, changed, deleted])
        }
    }

    @Test(arguments: Engine.all) func changesAreOrderedPagedAndOfOneOrganization(engine: Engine) async throws {
        try await engine.withStore { store throws in
            for base: Revision in 0..<12 {
                let commits = ["o1", "o2"].map { organization in
                    Commit.step(
                        organization,
                        from: base,
                        .sample(base + 1, position: 1, id: organization),
                        .sample(base + 1, position: 0, id: organization)
                    )
                }
                #expect(await store.commit(commits) == [.committed, .committed])
            }
            let all = try #require(try await store.changes(of: "o1", after: 0, limit: 1000))
            #expect(all.map(\.revision) == (1...12).flatMap { [$0, $0] })
            #expect(all.map(\.position) == (1...12).flatMap { _ in [0, 1] })
            #expect(all.allSatisfy { $0.id == "o1" })
            #expect(try await store.changes(of: "o1", after: 3, limit: 5) == Array(all[6..<11]))
            #expect(try await store.changes(of: "o1", after: 12, limit: 5) == [])
            #expect(try await store.changes(of: "o1", after: 0, limit: 0) == [])
            #expect(try await store.changes(of: "o1", after: 0, limit: -1) == [])
            #expect(try await store.changes(of: "nobody", after: 0, limit: 5) == [])
        }
    }

    @Test(arguments: Engine.all) func aPlaceInTheHistoryIsTakenOnce(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let twice = Commit.step("o1", from: 0, .sample(1, id: "a"), .sample(1, id: "b"))
            #expect(await store.commit([twice]) == [.unavailable])
            #expect(try await store.load("o1") == nil)
            #expect(try await store.changes(of: "o1", after: 0, limit: 5) == [])
        }
    }
}

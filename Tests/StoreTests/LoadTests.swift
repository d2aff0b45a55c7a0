import Foundation
import MessagingCore
import MessagingSQLite
import Testing

/// Organizations of more records than one turn of the store reads.
@Suite struct LoadTests {
    private static let kinds = ["client", "profile", "setting"].map(RecordKind.init(rawValue:))

    /// The first revision of an organization: `count` records of each kind.
    private static func large(_ organization: String, _ count: Int) -> Commit {
        let changes = kinds.enumerated().flatMap { number, kind in
            (0..<count).map { index in
                let size = index == 7 ? 600_000 : index % 50
                let bytes = [UInt8](repeating: UInt8(number), count: size)
                return Change.sample(1, position: number * count + index, kind: kind, id: "id-\(index)", after: bytes)
            }
        }
        return Commit(organization: organization, base: 0, revision: 1, changes: changes)
    }

    @Test(arguments: Engine.all) func everyRecordOfALargeOrganizationIsLoaded(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let commits = [Self.large("o1", 1_700), Self.large("o2", 500), Self.large("o3", 167)]
            #expect(await store.commit(commits) == [.committed, .committed, .committed])
            for commit in commits {
                let loaded = try #require(try await store.load(commit.organization))
                #expect(loaded.revision == 1)
                #expect(loaded.records.count == commit.changes.count)
                let expected = commit.changes.map { Record(kind: $0.kind, id: $0.id, bytes: $0.after ?? []) }
                #expect(Set(loaded.records) == Set(expected))
            }
        }
    }

    @Test func aLoadTakesManyShortTurns() async throws {
        let store = try SQLiteStore.inMemory(logger: quiet)
        #expect(await store.commit([Self.large("o1", 5_000)]) == [.committed])
        let before = store.turns
        _ = try await store.load("o1")
        #expect(store.turns - before >= 30)
    }

    @Test(arguments: Engine.all) func aLoadIsOfOneRevision(engine: Engine) async throws {
        try await engine.withStore { store throws in
            #expect(await store.commit([Self.large("o1", 1_500)]) == [.committed])
            let writer = Task {
                var base: Revision = 1
                while !Task.isCancelled {
                    let text = Array("\(base + 1)".utf8)
                    let commit = Commit.step(
                        "o1",
                        from: base,
                        .sample(base + 1, kind: Self.kinds[0], id: "a", after: text),
                        .sample(base + 1, position: 1, kind: Self.kinds[2], id: "z", after: text)
                    )
                    #expect(await store.commit([commit]) == [.committed])
                    base += 1
                    for _ in 0..<base % 40 { await Task.yield() }
                }
            }
            for _ in 0..<100 {
                do {
                    let loaded = try #require(try await store.load("o1"))
                    let ends = loaded.records.filter { $0.id == "a" || $0.id == "z" }
                    let text = loaded.revision == 1 ? [] : [Array("\(loaded.revision)".utf8)]
                    #expect(ends.map(\.bytes) == text + text)
                } catch StoreError.unavailable(let cause) {
                    #expect(cause == "the organization changed 4 times while it was read")
                }
            }
            writer.cancel()
            await writer.value
        }
    }
}

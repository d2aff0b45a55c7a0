import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// Heavy turns of the store beside light ones.
@Suite struct HeavyTurnTests {
    private static func heavy(_ organization: String, from base: Revision) -> Commit {
        .put(organization, from: base, String(repeating: "x", count: 200_000))
    }

    /// Moving the log into the database is a turn that no write can put off.
    @Test func theLogStaysShort() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for round in 0..<30 {
                let commits = (0..<4).flatMap { number -> [Commit] in
                    [Self.heavy("h\(number)", from: Revision(round)), .put("l\(number)", from: Revision(round))]
                }
                #expect(await store.commit(commits) == commits.map { _ in .committed })
            }
            let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
            #expect(try #require(size) < 8 << 20)
            await store.close()
        }
    }

    @Test func aDropThatFailsHarmsNoCommit() async throws {
        let store = try SQLiteStore.inMemory(logger: quiet)
        for revision: Revision in 0..<3 { #expect(await store.commit([.put("o1", from: revision)]) == [.committed]) }
        // The number of changes may not become negative.
        try await store.setChanges(0, of: "o1")
        let cut = HistoryCut(since: .distantFuture)
        let outcomes = await store.together(4) { number in
            if number > 0 { return await store.commit(.put("o\(number + 1)", from: 0)) == .committed }
            do {
                return try await store.dropChanges(of: "o1", cut, limit: 9) < 0
            } catch { return true }
        }
        #expect(outcomes == [true, true, true, true])
        #expect(try await store.changes(of: "o1", after: 0, limit: 9)?.count == 3)
        try await store.setChanges(3, of: "o1")
        #expect(try await store.dropChanges(of: "o1", cut, limit: 9) == 3)
    }

    @Test func aDropOfNothingTakesNoTurn() async throws {
        let store = try SQLiteStore.inMemory(logger: quiet)
        #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
        let before = store.turns
        #expect(try await store.dropChanges(of: "o1", HistoryCut(keeping: 1), limit: 9) == 0)
        #expect(store.turns == before + 1)
    }
}

extension SQLiteStore {
    fileprivate func setChanges(_ count: Int, of organization: String) throws {
        _ = try write { db in
            try db.execute(sql: "UPDATE organization SET changes = ? WHERE id = ?", arguments: [count, organization])
            return ((), commit: true)
        }
    }
}

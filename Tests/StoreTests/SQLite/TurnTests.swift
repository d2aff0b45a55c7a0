import Foundation
import MessagingCore
import MessagingSQLite
import Synchronization
import Testing

/// A long read of the store delays no other call.
@Suite struct TurnTests {
    private static let every = ChangeSelection(kinds: [.setting, .client], upTo: .max)

    private final class Counter: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }

        func add() { count.add(1, ordering: .relaxed) }
    }

    /// A store with a history of 20,000 changes of as many records.
    private func prepared() async throws -> SQLiteStore {
        let store = try SQLiteStore.inMemory(logger: quiet)
        let changes = (0..<20_000).map { Change.sample(1, position: $0, id: "id-\($0 * 7_919 % 20_000)") }
        #expect(
            await store.commit([Commit(organization: "o1", base: 0, revision: 1, changes: changes)]) == [.committed]
        )
        return store
    }

    @Test func aPageOfALongHistoryTakesManyShortTurns() async throws {
        let store = try await prepared()
        func turns(offset: Int) async throws -> Int {
            let before = store.turns
            let page = try await store.changes(of: "o1", Self.every, offset: offset, limit: 3)
            #expect(page.changes.map(\.position) == (0..<3).map { 19_999 - offset - $0 })
            #expect(page.total == 20_000)
            return store.turns - before
        }
        #expect(try await turns(offset: 15_000) >= 20)
        #expect(try await turns(offset: 9_000) <= 3)
    }

    @Test func aChangeIsAddedToAKnownHistory() async throws {
        let store = try await prepared()
        _ = try await store.changes(of: "o1", Self.every, offset: 0, limit: 1)
        #expect(await store.commit([.put("o1", from: 1)]) == [.committed])
        #expect(
            try await store.dropChanges(of: "o1", HistoryCut(keeping: 19_000, since: .distantPast), limit: 5_000)
                == 1_001
        )
        let before = store.turns
        let page = try await store.changes(of: "o1", Self.every, offset: 0, limit: 1)
        #expect(page.changes.map(\.revision) == [2])
        #expect(page.total == 19_000)
        #expect(store.turns - before <= 4)
    }

    @Test func commitsAreNotBehindALongPage() async throws {
        let store = try await prepared()
        let commits = Counter()
        let writer = Task {
            while !Task.isCancelled {
                let base = Revision(commits.value)
                #expect(await store.commit([.put("o2", from: base)]) == [.committed])
                commits.add()
            }
        }
        while commits.value == 0 { await Task.yield() }
        let before = commits.value
        _ = try await store.changes(of: "o1", Self.every, offset: 0, limit: 1)
        #expect(commits.value - before >= 5)
        writer.cancel()
        await writer.value
    }

    @Test func aCancelledPageLetsOthersGo() async throws {
        let store = try await prepared()
        let pages = (0..<8).map { _ in
            Task { try await store.changes(of: "o1", Self.every, offset: 0, limit: 1) }
        }
        pages.forEach { $0.cancel() }
        for page in pages {
            if case .failure(let error) = await page.result {
                #expect(error as? StoreError == .unavailable(cause: "the task was cancelled"))
            }
        }
        #expect(try await store.changes(of: "o1", Self.every, offset: 0, limit: 1).total == 20_000)
    }
}

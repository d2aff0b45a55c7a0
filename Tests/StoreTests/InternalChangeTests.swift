import Foundation
import MessagingCore
import Testing

/// Internal changes bring snapshots forward for a while, and are no part of the history.
@Suite struct InternalChangeTests {
    private static let log = RecordKind(rawValue: "log")

    private static func note(_ revision: Revision, position: Int = 0) -> Change {
        .sample(revision, position: position, kind: log, id: "\(revision)", after: nil, isInternal: true)
    }

    @Test(arguments: Engine.all) func internalChangesAreReadInTheirOrder(engine: Engine) async throws {
        try await engine.withStore { store throws in
            var all: [Change] = []
            for base: Revision in 0..<9 {
                let changes =
                    base % 3 == 0
                    ? [Self.note(base + 1), Self.note(base + 1, position: 1)]
                    : [
                        Change.sample(base + 1), Self.note(base + 1, position: 1),
                        .sample(base + 1, position: 2, id: "b"),
                    ]
                let commit = Commit(organization: "o1", base: base, revision: base + 1, changes: changes)
                #expect(await store.commit([commit]) == [.committed])
                all += changes
            }
            #expect(try await store.changes(of: "o1", after: 0, limit: 100) == all)
            #expect(
                try await store.changes(of: "o1", after: 4, limit: 5) == Array(all.filter { $0.revision > 4 }.prefix(5))
            )
        }
    }

    @Test(arguments: Engine.all) func internalChangesAreNotInTheHistory(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.step("o1", from: 0, .sample(1), Self.note(1, position: 1))])
            let kinds = ChangeSelection(kinds: [.setting, Self.log], upTo: .max)
            #expect(try await store.changes(of: "o1", kinds, offset: 0, limit: 9).total == 1)
            #expect(try await store.dropChanges(of: "o1", HistoryCut(keeping: 1, since: .distantPast), limit: 9) == 0)
            #expect(try await store.changes(of: "o1", after: 0, limit: 9)?.count == 2)
        }
    }

    @Test(arguments: Engine.all) func anOlderSnapshotThanTheLogIsLoadedAnew(engine: Engine) async throws {
        try await engine.withStore { store throws in
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            for first: Revision in stride(from: 2, through: 2_002, by: 500) {
                let notes = (first..<first + 500).map { Self.note($0) }
                let commit = Commit(organization: "o1", base: first - 1, revision: first + 499, changes: notes)
                #expect(await store.commit([commit]) == [.committed])
            }
            // The last revision is 2,501.
            #expect(try await store.changes(of: "o1", after: 1_500, limit: 9_999) == nil)
            let kept = try #require(try await store.changes(of: "o1", after: 1_501, limit: 9_999))
            #expect(kept.map(\.revision) == Array(1_502...2_501))
            // The history is still whole.
            let settings = ChangeSelection(kinds: [.setting], upTo: .max)
            #expect(try await store.changes(of: "o1", settings, offset: 0, limit: 9).total == 1)
        }
    }
}

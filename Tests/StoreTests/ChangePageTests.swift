import Foundation
import MessagingCore
import Testing

@Suite struct ChangePageTests {
    private static let profile = RecordKind(rawValue: "profile")
    private static let key = RecordKind(rawValue: "key")

    /// Revisions 1 to 12 with three changes each: of a setting a or b in turn, of a profile a, and of a key.
    private static func fill(_ store: any Store, _ organizations: String...) async throws -> [Change] {
        for base: Revision in 0..<12 {
            let commits = organizations.map { organization in
                Commit.step(
                    organization,
                    from: base,
                    .sample(base + 1, id: base % 2 == 0 ? "a" : "b", before: [1], after: Array(organization.utf8)),
                    .sample(base + 1, position: 1, kind: profile, author: .administration),
                    .sample(base + 1, position: 2, kind: key, id: "k-\(base)", after: nil)
                )
            }
            #expect(await store.commit(commits) == commits.map { _ in .committed })
        }
        return try #require(try await store.changes(of: "o1", after: 0, limit: 1_000)).reversed()
    }

    @Test(arguments: Engine.all) func theNewestChangesComeFirstWithTheirNumber(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let all = try await Self.fill(store, "o1", "o2")
            let every = ChangeSelection(kinds: [.setting, Self.profile, Self.key], upTo: .max)
            func page(_ offset: Int, _ limit: Int) async throws -> ChangePage {
                try await store.changes(of: "o1", every, offset: offset, limit: limit)
            }
            #expect(try await page(0, 100) == ChangePage(changes: all, total: 36))
            #expect(try await page(4, 7) == ChangePage(changes: Array(all[4..<11]), total: 36))
            #expect(try await page(35, 100) == ChangePage(changes: Array(all.suffix(1)), total: 36))
            for (offset, limit) in [(36, 100), (Int.max, 100), (0, 0), (0, -1)] {
                #expect(try await page(offset, limit) == ChangePage(changes: [], total: 36))
            }
            #expect(try await page(-5, 2) == ChangePage(changes: Array(all.prefix(2)), total: 36))
        }
    }

    @Test(arguments: Engine.all) func kindsObjectsAndRevisionsAreChosen(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let all = try await Self.fill(store, "o1", "o2")
            func expect(_ kinds: [RecordKind], _ id: String? = nil, upTo last: Revision = .max) async throws {
                let chosen = all.filter { change in
                    kinds.contains(change.kind) && (id == nil || change.id == id) && change.revision <= last
                }
                let selection = ChangeSelection(kinds: kinds, id: id, upTo: last)
                let whole = try await store.changes(of: "o1", selection, offset: 0, limit: 100)
                #expect(whole == ChangePage(changes: chosen, total: chosen.count), "\(selection)")
                let part = try await store.changes(of: "o1", selection, offset: 2, limit: 3)
                #expect(part == ChangePage(changes: Array(chosen.dropFirst(2).prefix(3)), total: chosen.count))
            }
            for last: Revision in [-1, 0, 1, 5, 12, 13] {
                try await expect([.setting], upTo: last)
                try await expect([Self.profile, .setting], upTo: last)
                try await expect([.setting], "a", upTo: last)
                try await expect([.setting], "b", upTo: last)
                try await expect([Self.profile, .setting], "a", upTo: last)
            }
            for id in ["", "A", "a ", "a\0", "k-3"] { try await expect([.setting], id) }
            try await expect([])
            try await expect([RecordKind(rawValue: "set\0")])
        }
    }

    @Test(arguments: Engine.all) func otherOrganizationsAreHidden(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = try await Self.fill(store, "o1", "o2")
            let settings = ChangeSelection(kinds: [.setting], upTo: .max)
            for (organization, total) in [("o2", 12), ("o", 0), ("O1", 0), ("o1\0", 0), ("", 0)] {
                let page = try await store.changes(of: organization, settings, offset: 0, limit: 100)
                #expect(page.total == total)
                #expect(page.changes.count == total)
                #expect(page.changes.allSatisfy { $0.after == Array(organization.utf8) })
            }
        }
    }

    @Test(arguments: Engine.all) func droppedChangesAreNotListed(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let all = try await Self.fill(store, "o1", "o2")
            #expect(
                try await store.dropChanges(of: "o1", HistoryCut(keeping: 10, since: .distantPast), limit: 100) == 26
            )
            let kept = all.prefix(10).filter { $0.kind == .setting }
            let settings = ChangeSelection(kinds: [.setting], upTo: .max)
            #expect(
                try await store.changes(of: "o1", settings, offset: 0, limit: 100)
                    == ChangePage(changes: kept, total: kept.count)
            )
            #expect(try await store.changes(of: "o1", settings, offset: 0, limit: 1).total == kept.count)
            #expect(try await store.changes(of: "o2", settings, offset: 0, limit: 1).total == 12)
        }
    }
}

import Foundation
import MessagingCore
import Randomness
import Testing

/// Histories that are too long for one turn.
@Suite struct LongHistoryTests {
    private static let kinds = ["setting", "profile", "key"].map(RecordKind.init(rawValue:))

    /// A commit of `count` changes, of random kinds and ids, in up to three revisions.
    private static func commit(_ organization: String, _ base: Revision, _ count: Int, _ random: inout SplitMix)
        -> Commit
    {
        let revision = base + .random(in: 1...3, using: &random)
        var positions: [Revision: Int] = [:]
        var changes: [Change] = []
        for index in 0..<count {
            let place = base + 1 + Revision(index) * (revision - base) / Revision(count)
            let kind = kinds.randomElement(using: &random) ?? .setting
            let id = "\(Int.random(in: 0..<40, using: &random))"
            changes.append(.sample(place, position: positions[place, default: 0], kind: kind, id: id))
            positions[place, default: 0] += 1
        }
        return Commit(organization: organization, base: base, revision: revision, changes: changes)
    }

    @Test(arguments: Engine.all, [1, 2]) func pagesOfARandomHistoryAreExact(engine: Engine, seed: UInt64) async throws {
        try await engine.withStore { store throws in
            var random = SplitMix(seed: seed)
            var base: Revision = 0
            var remaining: [Change] = []
            for step in 0..<160 {
                let commit = Self.commit("o1", base, .random(in: 1...60, using: &random), &random)
                #expect(await store.commit([commit]) == [.committed])
                base = commit.revision
                remaining += commit.changes
                if step % 10 == 9 {
                    let most = Int.random(in: 2_000...3_000, using: &random)
                    let drop = try await store.dropChanges(
                        of: "o1",
                        HistoryCut(keeping: most, since: .distantPast),
                        limit: 500
                    )
                    remaining.removeFirst(drop)
                }
                if step > 60 { try await Self.expectPage(of: remaining, in: store, upTo: base, &random) }
            }
        }
    }

    /// Reads a random page and compares it with what remains of the history.
    private static func expectPage(
        of remaining: [Change],
        in store: any Store,
        upTo revision: Revision,
        _ random: inout SplitMix
    ) async throws {
        let kinds = Bool.random(using: &random) ? kinds : [.setting]
        let last = Bool.random(using: &random) ? .max : Revision.random(in: 0...revision, using: &random)
        let id = Int.random(in: 0..<3, using: &random) == 0 ? "\(Int.random(in: 0..<40, using: &random))" : nil
        let chosen = remaining.reversed().filter { change in
            kinds.contains(change.kind) && (id == nil || change.id == id) && change.revision <= last
        }
        let selection = ChangeSelection(kinds: kinds, id: id, upTo: last)
        let offset = Int.random(in: 0...chosen.count + 5, using: &random)
        let page = try await store.changes(of: "o1", selection, offset: offset, limit: 100)
        #expect(page == ChangePage(changes: Array(chosen.dropFirst(offset).prefix(100)), total: chosen.count))
    }

    @Test(arguments: Engine.all) func aPageHasABoundedNumberOfBytes(engine: Engine) async throws {
        try await engine.withStore { store throws in
            let changes = [9, 1, 1, 3, 3, 1].enumerated().map { index, mebibytes in
                let bytes = [UInt8](repeating: 1, count: mebibytes << 20)
                return Change.sample(
                    1,
                    position: index,
                    before: index == 3 ? bytes : nil,
                    after: index == 3 ? nil : bytes
                )
            }
            let commit = Commit(organization: "o1", base: 0, revision: 1, changes: changes)
            #expect(await store.commit([commit]) == [.committed])
            let selection = ChangeSelection(kinds: [.setting], upTo: .max)
            func page(_ offset: Int, _ limit: Int) async throws -> (sizes: [Int], isCut: Bool) {
                let page = try await store.changes(of: "o1", selection, offset: offset, limit: limit)
                #expect(page.total == 6)
                return (page.changes.map { (($0.before ?? $0.after)?.count ?? 0) >> 20 }, page.isCut)
            }
            #expect(try await page(0, 100) == ([1, 3, 3, 1], true))
            #expect(try await page(0, 4) == ([1, 3, 3, 1], false))
            #expect(try await page(4, 2) == ([1], true))
            #expect(try await page(5, 2) == ([9], false))
        }
    }
}

import Foundation
import MessagingContract
import Testing

@testable import MessagingCore

@Suite struct HistoryTests {
    @Test func everyChangeHasItsAuthorAndBothValues() async throws {
        let base = try await Fixture()
        let author = Author.sample("postMessagingSettings")
        let created = try await base.create("n", by: author)
        let editor = Author.sample("patchMessagingSetting")
        let updated = try await base.organizations.change(base.id, by: editor) { (draft) throws(APIError) in
            try draft.update(MessagingSetting.self, created.id, .init(["name": "m"]))
        }
        try await base.organizations.change(base.id, by: author) { (draft) throws(APIError) in
            try draft.delete(MessagingSetting.self, created.id)
        }
        let changes = try #require(try await base.store.changes(of: base.id, after: 1, limit: 10))
        #expect(changes.map(\.revision) == [2, 3, 4])
        #expect(changes.map(\.before) == [nil, created.bytes, updated.bytes])
        #expect(changes.map(\.after) == [created.bytes, updated.bytes, nil])
        #expect(changes.map(\.author) == [author, editor, author])
        #expect(changes.allSatisfy { $0.kind == .messagingSetting && $0.id == created.id })
        #expect(try changes[1].time.wire == updated.setting().dateModified.wire)
    }

    @Test func theReplayedHistoryIsThePresent() async throws {
        let base = try await Fixture()
        for number in 0..<30 {
            let entry = try await base.create("\(number % 7)")
            _ = try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
                try draft.setDefault(MessagingSetting.self, entry.id)
            }
        }
        var records: [String: [UInt8]] = [:]
        for change in try #require(try await base.store.changes(of: base.id, after: 0, limit: 1_000)) {
            let key = "\(change.kind.rawValue)/\(change.id)"
            #expect(records[key] == change.before)
            records[key] = change.after
        }
        let stored = try #require(try await base.store.load(base.id))
        #expect(
            Dictionary(uniqueKeysWithValues: stored.records.map { ("\($0.kind.rawValue)/\($0.id)", $0.bytes) })
                == records
        )
    }

    @Test func anUnchangedObjectKeepsTheRevision() async throws {
        let base = try await Fixture()
        try await base.organizations.change(base.id, by: .sample()) { draft in
            draft.clearDefault(MessagingSetting.self)
        }
        #expect(try await base.stored().revision == 1)
    }

    @Test func aSweepKeepsChangesWithinTheLimits() async throws {
        let base = try await Fixture()
        let other = try await base.organizations.create(name: "Other", by: .sample()).id
        for number in 0..<20 { try await base.create("\(number)") }
        let present = try await base.store.load(base.id)
        try await base.organizations.sweepHistory(HistoryLimits(changes: 7, minimumDays: 0))
        #expect(try await base.store.changes(of: base.id, after: 13, limit: 100) == nil)
        #expect(try await base.store.changes(of: base.id, after: 14, limit: 100)?.map(\.revision) == Array(15...21))
        #expect(try await base.store.changes(of: other, after: 0, limit: 100)?.count == 3)
        #expect(try await base.store.load(base.id) == present)
        let later = Organizations(
            store: base.store,
            surroundings: Surroundings(now: { _ in Date() + 86_400 * 400 + 60 })
        )
        try await later.sweepHistory(HistoryLimits())
        #expect(try await base.store.changes(of: base.id, after: 21, limit: 100) == [])
        #expect(try await base.store.changes(of: base.id, after: 20, limit: 100) == nil)
        #expect(try await base.store.changes(of: other, after: 0, limit: 100) == nil)
    }

    @Test func aSweepRunsInSmallSteps() async throws {
        let base = try await Fixture()
        try await base.organizations.change(base.id, by: .sample()) { (draft) throws(APIError) in
            for number in 0..<1_700 { draft.put(.messagingSetting, "\(number)", ["name": "n"]) }
        }
        let store = InterceptedStore(base.store)
        try await Organizations(store: store).sweepHistory(HistoryLimits(changes: 200, minimumDays: 0))
        #expect(store.drops == [500, 500, 500, 3, 0])
        try await Organizations(store: store).sweepHistory(HistoryLimits(changes: 200, minimumDays: 0))
        #expect(store.drops == [500, 500, 500, 3, 0, 0])
    }

    @Test func aSweepReachesOrganizationsByTheThousandWhileItIsWanted() async throws {
        let base = try await Fixture()
        for _ in 0..<1_001 { _ = try await base.organizations.create(name: "Other", by: .sample()) }
        let store = InterceptedStore(base.store)
        let organizations = Organizations(store: store)
        #expect(try await organizations.identifiers().count == 1_002)
        try await organizations.sweepHistory(HistoryLimits())
        #expect(store.drops.count == 1_002)
        var pages = 0
        try await organizations.sweepHistory(HistoryLimits()) {
            pages += 1
            return pages < 2
        }
        #expect(pages == 2 && store.drops.count == 2_002)
    }
}

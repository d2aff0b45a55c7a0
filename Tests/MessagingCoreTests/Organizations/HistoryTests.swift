import MessagingContract
import MessagingCore
import Testing

@Suite struct HistoryTests {
    @Test func everyChangeTellsWhoDidWhatFromWhichValueToWhich() async throws {
        let base = try await Fixture()
        let author = Author.sample("postMessagingSettings")
        let created = try await base.create("n", by: author)
        let editor = Author.sample("patchMessagingSetting")
        let updated = try await base.organizations.change(base.id, by: editor) { (draft, stamp) throws(APIError) in
            try draft.update(MessagingSetting.self, created.id, .init(["name": "m"]), stamp)
        }
        try await base.organizations.change(base.id, by: author) { (draft, stamp) throws(APIError) in
            try draft.delete(MessagingSetting.self, created.id, stamp)
        }
        let changes = try await base.store.changes(of: base.id, after: 1, limit: 10)
        #expect(changes.map(\.revision) == [2, 3, 4])
        #expect(changes.map(\.before) == [nil, created.bytes, updated.bytes])
        #expect(changes.map(\.after) == [created.bytes, updated.bytes, nil])
        #expect(changes.map(\.author) == [author, editor, author])
        #expect(changes.allSatisfy { $0.kind == .messagingSetting && $0.id == created.id })
        #expect(try changes[1].time.wire == updated.setting().dateModified.wire)
    }

    @Test func theHistoryReplayedIsThePresent() async throws {
        let base = try await Fixture()
        for number in 0..<30 {
            let entry = try await base.create("\(number % 7)")
            _ = try await base.organizations.change(base.id, by: .sample()) { (draft, stamp) throws(APIError) in
                try draft.setDefault(MessagingSetting.self, entry.id, stamp)
            }
        }
        var records: [String: [UInt8]] = [:]
        for change in try await base.store.changes(of: base.id, after: 0, limit: 1_000) {
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

    @Test func whatChangesNothingMovesNoRevision() async throws {
        let base = try await Fixture()
        try await base.organizations.change(base.id, by: .sample()) { draft, stamp in
            draft.clearDefault(MessagingSetting.self, stamp)
        }
        #expect(try await base.stored().revision == 1)
    }
}

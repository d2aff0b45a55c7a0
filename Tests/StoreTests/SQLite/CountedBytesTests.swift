import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// The counted bytes of an organization equal the stored ones after every commit, drop and upgrade.
@Suite struct CountedBytesTests {
    /// Throws when an organization's counts are not those of its rows.
    static func expectExact(at path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: DatabaseConnection.configuration)
        defer { try? queue.close() }
        let wrong = try queue.writeWithoutTransaction { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM (
                        SELECT id, record_bytes, history_bytes, changes, keys,
                            (SELECT ifnull(sum(length(bytes) + 128), 0) FROM record WHERE organization = o.id) AS records,
                            (SELECT ifnull(sum(512 + iif(after IS NULL, 0, length(after) + ifnull(length(before), 0))), 0)
                                FROM history WHERE organization = o.id) AS history,
                            (SELECT count(*) FROM history WHERE organization = o.id) AS rows,
                            (SELECT count(*) FROM idempotency WHERE organization = o.id) AS kept
                        FROM organization AS o
                    ) WHERE (record_bytes, history_bytes, changes, keys) IS NOT (records, history, rows, kept)
                    """
            )
        }
        #expect(wrong == [])
    }

    @Test func countedBytesFollowCommitsAndDrops() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            var records: [String: [UInt8]] = [:]
            for base: Revision in 0..<60 {
                let id = "\(base % 7)"
                let after: [UInt8]? = base % 5 == 4 ? nil : [UInt8](repeating: 32, count: Int(base) * 11)
                let change = Change.sample(base + 1, id: id, before: records[id], after: after)
                let log = Change.sample(
                    base + 1,
                    position: 1,
                    kind: .init(rawValue: "log"),
                    after: nil,
                    isInternal: true
                )
                #expect(
                    await store.commit([.step("o1", from: base, change, log), .put("o2", from: base, id: "\(base)")])
                        == [.committed, .committed]
                )
                records[id] = after
                if base % 9 == 8 {
                    #expect(
                        try await store.dropChanges(of: "o1", HistoryCut(keeping: 3, since: .distantPast), limit: 7) > 0
                    )
                }
            }
            await store.close()
            try Self.expectExact(at: path)
        }
    }
}

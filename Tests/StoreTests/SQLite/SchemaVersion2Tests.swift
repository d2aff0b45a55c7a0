import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// A database that a program of schema version 2 made (`Scripts/schema-fixture.py`): with revoked tokens, idempotency keys, an integration
/// whose creation is not complete, and all of its history.
@Suite struct SchemaVersion2Tests {
    static let fixture = fixture(of: 2)

    private static func fixture(of version: Int) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/schema-\(version)/database.sqlite").path
    }

    private static let internalKinds = "('idempotencyKey', 'tokenRevocation', 'initiatedIntegration')"

    private func withFixture(of version: Int = 2, _ body: (_ path: String) async throws -> Void) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try FileManager.default.copyItem(atPath: Self.fixture(of: version), toPath: path)
            try await body(path)
        }
    }

    private func read<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path, configuration: DatabaseConnection.configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    private func rows(_ path: String, _ sql: String) throws -> [Row] {
        try read(path) { try Row.fetchAll($0, sql: sql) }
    }

    /// Opens the database with this program, which upgrades it, and closes it.
    private func upgrade(_ path: String) async throws {
        await (try SQLiteStore.open(path: path, logger: quiet)).close()
    }

    @Test(arguments: [2, 3]) func recordsAndHistoryAreTheSame(version: Int) async throws {
        let records = "SELECT * FROM record WHERE kind NOT IN \(Self.internalKinds) ORDER BY 1, 2, 3"
        let history = "SELECT * FROM history WHERE kind NOT IN \(Self.internalKinds) ORDER BY 1, 2, 3"
        try await withFixture(of: version) { path in
            let (oldRecords, oldHistory) = (try rows(path, records), try rows(path, history))
            let revisions = try rows(path, "SELECT id, revision FROM organization")
            #expect(oldRecords.count > 10 && oldHistory.count > 20)
            try await upgrade(path)
            #expect(try rows(path, records) == oldRecords)
            #expect(try rows(path, "SELECT * FROM record").count == oldRecords.count)
            #expect(try rows(path, history) == oldHistory)
            #expect(try rows(path, "SELECT id, revision FROM organization") == revisions)
            let counted = try rows(path, "SELECT changes FROM organization")
            #expect(try rows(path, "SELECT count(*) AS changes FROM history") == counted)
            #expect(counted.first?["changes"] == oldHistory.count)
            try CountedBytesTests.expectExact(at: path)
        }
    }

    @Test(arguments: [2, 3]) func anIntegrationThatWasNotCompleteHasAnEffect(version: Int) async throws {
        try await withFixture(of: version) { path in
            let initiated = try rows(path, "SELECT organization, id FROM record WHERE kind = 'initiatedIntegration'")
            #expect(initiated.count == 1)
            try await upgrade(path)
            let effects = "SELECT organization, object AS id FROM effect WHERE kind = 'completeIntegration'"
            #expect(try rows(path, effects) == initiated)
            #expect(try rows(path, "SELECT * FROM record WHERE kind = 'initiatedIntegration'") == [])
            try CountedBytesTests.expectExact(at: path)
        }
    }

    @Test func onlyRevokedTokensAreGone() async throws {
        try await withFixture { path in
            let revoked = Set(
                try rows(path, "SELECT id FROM record WHERE kind = 'tokenRevocation'").map { $0[0] as String }
            )
            let all = Set(try rows(path, "SELECT lower(hex(digest)) FROM token").map { $0[0] as String })
            #expect(revoked.count == 4 && revoked.isSubset(of: all) && all.count > revoked.count)
            try await upgrade(path)
            let left = try rows(path, "SELECT lower(hex(digest)) FROM token").map { $0[0] as String }
            #expect(Set(left) == all.subtracting(revoked))
        }
    }

    @Test func anIdempotencyKeyNamesTheVersionThatItsResponseHad() async throws {
        try await withFixture { path in
            let old = try rows(path, "SELECT id, bytes FROM record WHERE kind = 'idempotencyKey' ORDER BY id")
            try await upgrade(path)
            let new = try rows(path, "SELECT * FROM idempotency ORDER BY id")
            #expect(new.count == old.count && old.count == 6)
            for (old, new) in zip(old, new) {
                let record = try #require(JSONSerialization.jsonObject(with: old["bytes"]) as? [String: Any])
                let answer = try #require(record["answer"] as? [String: Any])
                #expect(old["id"] == new["id"] as String)
                #expect(record["request"] as? String == new["request"])
                #expect(answer["id"] as? String == new["object"])
                #expect("\(try #require(answer["version"]))" == "\(new["version"] as Int)")
                let path = try #require(answer["selfUri"] as? String)
                let places = [
                    "messagingSetting": "settings", "supportedContent": "supportedcontent", "openIntegration": "open",
                ]
                #expect(path.split(separator: "/").dropLast().last.map(String.init) == places[new["kind"]])
                let name = try #require(record["name"] as? String)
                let expiry = try Date(
                    name,
                    strategy: .iso8601.year().month().day().time(includingFractionalSeconds: true)
                )
                #expect((expiry.timeIntervalSince1970 * 1_000).rounded() == new["expires_ms"])
            }
            #expect(try rows(path, "SELECT keys FROM organization").map { $0[0] as Int } == [6])
        }
    }

    @Test func aSnapshotFromBeforeTheUpgradeIsLoadedAnew() async throws {
        try await withFixture { path in
            let last = "SELECT max(revision) FROM history WHERE kind IN \(Self.internalKinds)"
            let revision = try #require(try rows(path, last).first?[0] as Revision?)
            let store = try SQLiteStore.open(path: path, logger: quiet)
            let organization = try #require(try await store.organizations().first)
            #expect(try await store.changes(of: organization, after: revision - 1, limit: 100) == nil)
            #expect(try await store.changes(of: organization, after: revision, limit: 100) != nil)
            await store.close()
        }
    }
}

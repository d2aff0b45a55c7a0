import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// A database of an older version is upgraded when it is opened, completely or not at all.
@Suite struct UpgradeTests {
    private static let settings = ChangeSelection(kinds: [RecordKind(rawValue: "setting")], id: "a", upTo: .max)

    /// Everything in the database is as it was, and the history can be looked into.
    private func expectAll(in path: String, organizations: Int, changes: Int) async throws {
        let store = try SQLiteStore.open(path: path, logger: quiet)
        #expect(store.epoch == "0123456789abcdef")
        #expect(try await store.token(digest: [1])?.token.client == "c")
        #expect(try await store.organizations().count == organizations)
        for organization in try await store.organizations() {
            #expect(try await store.text(organization) == "\(changes)")
            #expect(try await store.load(organization)?.revision == Revision(changes))
            let all = try #require(try await store.changes(of: organization, after: 0, limit: changes + 1))
            #expect(all.count == changes)
            let page = try await store.changes(of: organization, Self.settings, offset: 1, limit: 2)
            #expect(page == ChangePage(changes: all.reversed()[1...2].map(\.self), total: changes))
        }
        let base = Revision(changes)
        let change = Change.sample(base + 1, before: Array("\(changes)".utf8), after: Array("new".utf8))
        #expect(await store.commit([.step("o1", from: base, change)]) == [.committed])
        #expect(try await store.changes(of: "o1", Self.settings, offset: 0, limit: 1).total == changes + 1)
        await store.close()
        #expect(try version(of: path) == DatabaseSchema.version)
        try CountedBytesTests.expectExact(at: path)
    }

    /// The version in the file's header, where every program looks for it.
    private func version(of path: String) throws -> UInt8 {
        try #require(FileManager.default.contents(atPath: path))[63]
    }

    private func edit<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path, configuration: DatabaseConnection.configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    private func columns(of path: String) throws -> [String] {
        try edit(path) { try String.fetchAll($0, sql: "SELECT name FROM pragma_index_info('history_object')") }
    }

    @Test func version1IsBroughtToOurs() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try SchemaVersion1.create(at: path, organizations: 3, changes: 40)
            #expect(try version(of: path) == 1)
            try await expectAll(in: path, organizations: 3, changes: 40)
            #expect(try columns(of: path) == ["organization", "kind", "id", "revision", "position"])
            let new = directory + "/new.sqlite"
            await (try SQLiteStore.open(path: new, logger: quiet)).close()
            #expect(try version(of: new) == DatabaseSchema.version)
            #expect(try columns(of: new) == columns(of: path))
            #expect(try tables(of: new) == tables(of: path))
        }
    }

    /// What the database is made of.
    private func tables(of path: String) throws -> [String] {
        try edit(path) {
            try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name")
        }
    }

    /// What a crash leaves, with the upgrade in the log and its last frame not yet, or already.
    @Test(arguments: [false, true]) func aCrashInTheMiddleLeavesEither(isCommitted: Bool) async throws {
        try await withDirectory { directory in
            let (path, copy) = (directory + "/m.sqlite", directory + "/copy.sqlite")
            try SchemaVersion1.create(at: path, organizations: 2, changes: 3_000)
            try edit(path) { db in
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 5; BEGIN IMMEDIATE")
                for upgrade in DatabaseSchema.upgrades { try db.execute(sql: upgrade) }
                try db.execute(sql: "PRAGMA user_version = \(DatabaseSchema.version)")
                if isCommitted { try db.execute(sql: "COMMIT") }
                try copyWhileOpen(path, to: copy)
                if !isCommitted { try db.execute(sql: "ROLLBACK") }
            }
            let log = try #require(FileManager.default.contents(atPath: copy + "-wal"))
            #expect(log.count > 100_000)
            #expect(try version(of: copy) == 1)
            try await expectAll(in: copy, organizations: 2, changes: 3_000)
        }
    }

    @Test func aDatabaseThatCannotBeUpgradedIsRefusedAndStaysOfItsVersion() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try SchemaVersion1.create(at: path, organizations: 1, changes: 5)
            try edit(path) { try $0.execute(sql: "CREATE TABLE history_object (x TEXT)") }
            let error = #expect(throws: OpenError.self) { _ = try SQLiteStore.open(path: path, logger: quiet) }
            #expect(error?.description.contains("history_object") == true)
            #expect(try version(of: path) == 1)
            try edit(path) { try $0.execute(sql: "DROP TABLE history_object") }
            try await expectAll(in: path, organizations: 1, changes: 5)
        }
    }
}

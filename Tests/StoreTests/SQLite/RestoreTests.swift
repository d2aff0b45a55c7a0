import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// A restored store is another one, is checked as a whole before anything is touched, and replaces the old one in one step.
@Suite struct RestoreTests {
    private static let token = StoredToken(
        digest: [1],
        organization: "o1",
        client: "c",
        scopes: ["messaging"],
        expires: Date(timeIntervalSince1970: 4_000_000_000)
    )

    /// A backup at `backup`, and another database, which was not closed, at `m.sqlite`.
    private func withBackup(_ body: (_ backup: String, _ path: String, _ directory: String) async throws -> Void)
        async throws
    {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/first", logger: quiet)
            for base: Revision in 0..<50 {
                #expect(
                    await store.commit([.put("o1", from: base, id: "\(base)", String(repeating: "y", count: 500))]) == [
                        .committed
                    ]
                )
            }
            #expect(await store.commit([.put("o1", from: 50, "\"backup\"")]) == [.committed])
            _ = try await store.insert(Self.token, upTo: 10, at: Date())
            _ = try await store.backUp(to: directory + "/backup")
            #expect(await store.commit([.put("o1", from: 51, "\"later\"")]) == [.committed])
            try copyWhileOpen(directory + "/first", to: directory + "/m.sqlite")
            await store.close()
            try FileManager.default.removeItem(atPath: directory + "/first")
            try await body(directory + "/backup", directory + "/m.sqlite", directory)
        }
    }

    @discardableResult
    private func restore(_ backup: String, _ path: String, replacing: Bool = true, keepingTokens: Bool = false) throws
        -> RestoreSummary
    {
        try Restore.run(from: backup, to: path, replacing: replacing, keepingTokens: keepingTokens, given: nil)
    }

    private func text(_ path: String) async throws -> String? {
        let store = try SQLiteStore.open(path: path, logger: quiet)
        let text = try await store.text("o1")
        await store.close()
        return text
    }

    @Test(arguments: [false, true]) func aRestoredStoreHasAnotherEpochAndItsTokensOnlyWhenAsked(keepingTokens: Bool)
        async throws
    {
        try await withBackup { backup, _, directory in
            let new = directory + "/new"
            let summary = try restore(backup, new, replacing: false, keepingTokens: keepingTokens)
            #expect(summary.organizations == 1 && summary.tokens == 1 && summary.isBackup && summary.replaced == nil)
            let (old, store) = (
                try SQLiteStore.open(path: backup, logger: quiet), try SQLiteStore.open(path: new, logger: quiet)
            )
            #expect(store.epoch != old.epoch && store.epoch.count == old.epoch.count)
            #expect(try await store.token(digest: [1])?.token == (keepingTokens ? Self.token : nil))
            #expect(try await store.load("o1") == old.load("o1"))
            #expect(
                try await store.changes(of: "o1", after: 0, limit: 100) == old.changes(of: "o1", after: 0, limit: 100)
            )
            await store.close()
            await old.close()
            #expect(try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func theOldDatabaseIsKeptWithItsLog() async throws {
        try await withBackup { backup, path, directory in
            let untouched = try Listing(of: directory)
            #expect(throws: BackupError.self) { try restore(backup, path, replacing: false) }
            #expect(try Listing(of: directory) == untouched)
            let kept = try #require(try restore(backup, path).replaced)
            #expect(kept.hasPrefix(path + ".before-"))
            #expect(try await text(path) == "\"backup\"")
            #expect(try await text(kept) == "\"later\"")
            let again = try #require(try restore(backup, path).replaced)
            #expect(again != kept)
            #expect(try await text(again) == "\"backup\"")
        }
    }

    @Test func aDamagedDatabaseCanBeReplaced() async throws {
        try await withBackup { backup, path, directory in
            try write([UInt8](repeating: 0xA5, count: 8_192), at: 0, of: path)
            let kept = try #require(try restore(backup, path).replaced)
            #expect(try await text(path) == "\"backup\"")
            #expect(FileManager.default.contents(atPath: kept)?.prefix(4) == Data([0xA5, 0xA5, 0xA5, 0xA5]))
            #expect(FileManager.default.fileExists(atPath: kept + "-wal"))
        }
    }

    /// An entry of an index is changed, which only comparing it with its table shows.
    @Test func aBackupWithABrokenIndexIsRefused() async throws {
        try await withBackup { backup, path, directory in
            let queue = try DatabaseQueue(path: backup)
            let page = try await queue.read { db in
                try #require(
                    try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'token_expires'")
                )
            }
            try queue.close()
            let offset = (page - 1) * 4_096
            let content = try #require(FileManager.default.contents(atPath: backup))[offset..<offset + 4_096]
            let place = try #require(content.lastIndex { $0 != 0 })
            try RestoreTests.flip(backup, place)
            let check = try DatabaseQueue(path: backup)
            #expect(try await check.read { try String.fetchOne($0, sql: "PRAGMA quick_check") } == "ok")
            try check.close()
            let untouched = try Listing(of: directory)
            let error = #expect(throws: BackupError.self) { try restore(backup, path) }
            #expect(error?.description.contains("it is corrupt") == true)
            #expect(try Listing(of: directory) == untouched)
        }
    }

    private static func flip(_ path: String, _ place: Int) throws {
        let byte = try #require(FileManager.default.contents(atPath: path))[place]
        try write([byte ^ 1], at: UInt64(place), of: path)
    }

    @Test(arguments: ["damaged", "truncated", "text", "empty", "missing", "with a log", "the database itself"])
    func aFileThatIsNoBackupIsRefusedAndNothingIsTouched(_ what: String) async throws {
        try await withBackup { backup, path, directory in
            var file = backup
            switch what {
            case "damaged": try write([UInt8](repeating: 0xA5, count: 4_096), at: 4_096 * 4, of: backup)
            case "truncated":
                try #require(FileManager.default.contents(atPath: backup)).dropLast(8_192).write(
                    to: URL(fileURLWithPath: backup)
                )
            case "text": try Data(repeating: 0x41, count: 9_000).write(to: URL(fileURLWithPath: backup))
            case "empty": try Data().write(to: URL(fileURLWithPath: backup))
            case "missing": file = directory + "/nothing"
            case "with a log": try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: backup + "-wal"))
            default: file = path
            }
            let untouched = try Listing(of: directory)
            #expect(throws: BackupError.self) { try restore(file, path) }
            #expect(try Listing(of: directory) == untouched)
        }
    }

    @Test func aDatabaseThatIsOpenIsNeitherReplacedNorABackup() async throws {
        try await withBackup { backup, path, directory in
            let store = try SQLiteStore.open(path: path, logger: quiet)
            let error = #expect(throws: OpenError.self) { try restore(backup, path) }
            #expect(error?.reason == .inUse(process: getpid()))
            #expect(throws: BackupError.self) { try restore(path, directory + "/new") }
            #expect(await store.commit([.put("o1", from: 52)]) == [.committed])
            await store.close()
            #expect(!FileManager.default.fileExists(atPath: directory + "/new"))
        }
    }

    @Test func anOlderVersionIsUpgradedWhenItIsOpened() async throws {
        try await withDirectory { directory in
            let (first, path) = (directory + "/first", directory + "/m.sqlite")
            try SchemaVersion1.create(at: first, organizations: 2, changes: 5)
            try restore(first, path, replacing: false)
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(try await store.organizations().count == 2)
            #expect(store.epoch != "0123456789abcdef")
            await store.close()
        }
    }

    /// What a kill leaves after each step of the replacement; whoever opens the database next finishes it.
    @Test(arguments: 0...3) func anInterruptedReplacementIsFinishedByTheNextOpening(steps: Int) async throws {
        try await withBackup { backup, path, directory in
            try restore(backup, directory + "/other", replacing: false)
            let replacement = path + ".restored"
            try FileManager.default.moveItem(atPath: directory + "/other", toPath: replacement)
            let file = try DatabaseFile(path)
            let date = try FileManager.default.attributesOfItem(atPath: replacement)[.modificationDate] as? Date
            let kept = Replacement(of: file).keptName(time_t((try #require(date)).timeIntervalSince1970))
            if steps >= 1 { try FileManager.default.linkItem(atPath: path, toPath: kept) }
            if steps >= 2 { try FileManager.default.moveItem(atPath: path + "-wal", toPath: kept + "-wal") }
            if steps >= 3 { try FileManager.default.removeItem(atPath: path) }
            #expect(SQLiteStore.isDatabase(at: path))
            #expect(try await text(path) == "\"backup\"")
            #expect(try await text(kept) == "\"later\"")
            #expect(try names(in: directory).count == 3)
        }
    }

    @Test func anAttemptThatDecidedNothingChangesNothing() async throws {
        try await withBackup { _, path, directory in
            try Data(count: 1 << 20).write(to: URL(fileURLWithPath: path + ".restoring"))
            #expect(try await text(path) == "\"later\"")
            #expect(!FileManager.default.fileExists(atPath: path + ".restoring"))
        }
    }
}

import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// A restored store has a new epoch. It is checked as a whole before any file is touched, and replaces the old one in one step.
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
            let last = Commit.step(
                "o1",
                from: 50,
                .sample(51, after: Array("\"backup\"".utf8)),
                .sample(51, position: 1, kind: .client, id: Self.token.client)
            )
            #expect(await store.commit([last]) == [.committed])
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

    @Test(arguments: [
        "damaged", "truncated", "text", "empty", "missing", "a directory", "with a log", "the database itself",
    ])
    func anInvalidBackupIsRefusedAndNothingIsTouched(_ what: String) async throws {
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
            case "a directory": file = directory
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

    /// Puts a decided replacement beside the database, and returns the name that the old one gets.
    private func decide(_ backup: String, _ path: String) async throws -> String {
        let other = path + "-other"
        try restore(backup, other, replacing: false)
        let queue = try DatabaseQueue(path: other)
        let epoch = try await queue.read { try String.fetchOne($0, sql: "SELECT epoch FROM store") }
        try queue.close()
        let replacement = DatabaseReplacement(of: try DatabaseFile(path))
        try FileManager.default.moveItem(atPath: other, toPath: replacement.draft)
        try FileManager.default.removeItem(atPath: other + ".mark")
        try replacement.decide(epoch: try #require(epoch))
        return "\(path).\(try #require(try replacement.decision()).kept)"
    }

    /// A kill after each step of the replacement. The next process that opens the database finishes it.
    @Test(arguments: 0...4) func anInterruptedReplacementIsFinishedByTheNextOpening(steps: Int) async throws {
        try await withBackup { backup, path, directory in
            let kept = try await decide(backup, path)
            if steps >= 1 { try FileManager.default.linkItem(atPath: path, toPath: kept) }
            if steps >= 2 { try FileManager.default.moveItem(atPath: path + "-wal", toPath: kept + "-wal") }
            if steps >= 3 { try FileManager.default.removeItem(atPath: path) }
            if steps >= 4 { try FileManager.default.moveItem(atPath: path + ".restoring", toPath: path) }
            #expect(SQLiteStore.isDatabase(at: path))
            #expect(try await text(path) == "\"backup\"")
            #expect(try await text(kept) == "\"later\"")
            #expect(try names(in: directory).count == 3)
        }
    }

    /// The reasons why each use of the database is refused.
    private func refusals(_ backup: String, _ path: String, _ directory: String) async -> [String] {
        var reasons: [String] = []
        do { await (try SQLiteStore.open(path: path, logger: quiet)).close() } catch { reasons.append("\(error)") }
        do { _ = try await Backup.run(of: path, to: directory + "/second") } catch { reasons.append("\(error)") }
        do { try restore(backup, path) } catch { reasons.append("\(error)") }
        return reasons
    }

    @Test(arguments: ["a backup", "garbage", "nothing", "a link", "a directory"])
    func aFileThatHasTheNameOfARecordIsRefusedAndNothingIsTouched(_ what: String) async throws {
        try await withBackup { backup, path, directory in
            let record = path + ".restored"
            switch what {
            case "a backup": try FileManager.default.copyItem(atPath: backup, toPath: record)
            case "garbage": try Data(repeating: 0xA5, count: 9_000).write(to: URL(fileURLWithPath: record))
            case "nothing": try Data().write(to: URL(fileURLWithPath: record))
            case "a link": try FileManager.default.createSymbolicLink(atPath: record, withDestinationPath: backup)
            default: try FileManager.default.createDirectory(atPath: record, withIntermediateDirectories: false)
            }
            let untouched = try Listing(of: directory)
            let reasons = await refusals(backup, path, directory)
            #expect(reasons.count == 3 && reasons.allSatisfy { $0.contains(record) && $0.contains("move it away") })
            #expect(try Listing(of: directory) == untouched)
        }
    }

    @Test(arguments: ["is another one", "is gone"])
    func aDatabaseOtherThanThatOfTheRecordIsRefusedAndNothingIsTouched(_ what: String) async throws {
        try await withBackup { backup, path, directory in
            _ = try await decide(backup, path)
            try FileManager.default.removeItem(atPath: path + ".restoring")
            if what == "is another one" {
                try FileManager.default.copyItem(atPath: backup, toPath: path + ".restoring")
            }
            let untouched = try Listing(of: directory)
            let reasons = await refusals(backup, path, directory)
            #expect(reasons.count == 3 && reasons.allSatisfy { $0.contains("is not its database") })
            #expect(try Listing(of: directory) == untouched)
        }
    }

    @Test func aRestoredDatabaseLostBeforeItsFirstStartIsNotReplaced() async throws {
        try await withBackup { backup, _, directory in
            let new = directory + "/new"
            try restore(backup, new, replacing: false)
            try FileManager.default.removeItem(atPath: new)
            let error = #expect(throws: OpenError.self) { try SQLiteStore.open(path: new, logger: quiet) }
            #expect(error?.reason == .lost(mark: new + ".mark"))
        }
    }

    @Test(arguments: [".restored", ".restoring", ".lock", ".mark", ".key", ".socket", "-wal", "-journal", "-shm"])
    func namesOfFilesBesideADatabaseAreRefusedForADatabase(_ suffix: String) async throws {
        try await withBackup { backup, path, directory in
            let name = directory + "/other" + suffix
            let untouched = try Listing(of: directory)
            let reasons = await refusals(backup, name, directory)
            #expect(reasons.count == 3 && reasons.allSatisfy { $0.contains("choose another name") })
            #expect(try Listing(of: directory) == untouched)
        }
    }

    @Test func aDatabaseOfAnotherNameIsNotABackupOfItself() async throws {
        try await withBackup { _, path, directory in
            try FileManager.default.linkItem(atPath: path, toPath: directory + "/second name")
            let untouched = try Listing(of: directory)
            let error = #expect(throws: BackupError.self) { try restore(directory + "/second name", path) }
            #expect(error?.description.contains("the database itself") == true)
            #expect(try Listing(of: directory) == untouched)
        }
    }

    @Test func aLogWithoutItsDatabaseIsKeptAndNamed() async throws {
        try await withBackup { backup, path, directory in
            try FileManager.default.removeItem(atPath: path)
            let log = try #require(FileManager.default.contents(atPath: path + "-wal"))
            let summary = try restore(backup, path)
            #expect(summary.replaced == nil)
            #expect(FileManager.default.contents(atPath: try #require(summary.replacedLog)) == log)
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func aRestorationByRootBelongsToTheUserOfTheDatabase() async throws {
        try await withBackup { backup, path, directory in
            #expect(chown(path, 65_534, 65_533) == 0)
            try restore(backup, path)
            try FileManager.default.createDirectory(atPath: directory + "/empty", withIntermediateDirectories: false)
            #expect(chown(directory + "/empty", 65_534, 65_533) == 0)
            try restore(backup, directory + "/empty/m.sqlite")
            for file in [path, path + ".mark", directory + "/empty/m.sqlite", directory + "/empty/m.sqlite.mark"] {
                let found = try FileManager.default.attributesOfItem(atPath: file)
                #expect(
                    found[.ownerAccountID] as? Int == 65_534 && found[.groupOwnerAccountID] as? Int == 65_533,
                    "\(file)"
                )
            }
        }
    }

    @Test func tokensThatAreRevokedOrExpiredOrOfADeletedClientDoNotCount() async throws {
        try await withDirectory { directory in
            let (first, path) = (directory + "/first", directory + "/m.sqlite")
            try FileManager.default.copyItem(atPath: SchemaVersion2Tests.fixture, toPath: first)
            let queue = try DatabaseQueue(path: first)
            let (all, revoked) = try await queue.write { db in
                try db.execute(sql: "UPDATE token SET expires = unixepoch() + 3600")
                try db.execute(
                    sql:
                        "INSERT INTO token SELECT x'01', organization, client, scopes, unixepoch() - 1 FROM token LIMIT 1"
                )
                try db.execute(
                    sql:
                        "INSERT INTO token SELECT x'02', organization, 'deleted', scopes, expires FROM token WHERE expires > unixepoch() LIMIT 1"
                )
                return (
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM token") ?? 0,
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM record WHERE kind = 'tokenRevocation'") ?? 0
                )
            }
            try queue.close()
            #expect(revoked > 0)
            let summary = try restore(first, path, replacing: false, keepingTokens: true)
            #expect(summary.tokens == all - 2 - revoked)
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

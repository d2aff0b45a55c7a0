import Foundation
import GRDB
import MessagingCore
import Synchronization
import Testing

@testable import MessagingSQLite

/// A backup is a complete and sound copy of one moment, or it fails and leaves no file.
@Suite struct BackupTests {
    private static let filler = String(repeating: "x", count: 3_000)

    private func withStore(
        organizations: Int = 40,
        _ body: (_ store: SQLiteStore, _ path: String, _ directory: String) async throws -> Void
    ) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for number in 0..<organizations {
                let changes = (0..<20).map {
                    Change.sample(1, position: $0, id: "\($0)", after: Array(Self.filler.utf8))
                }
                let commit = Commit(organization: "o\(number)", base: 0, revision: 1, changes: changes)
                #expect(await store.commit([commit]) == [.committed])
            }
            try await body(store, path, directory)
            await store.close()
        }
    }

    private func read<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }

    @Test func aBackupUnderWritesHasEachThatWasAcknowledgedBeforeItsEnd() async throws {
        try await withStore { store, path, directory in
            let copy = directory + "/backup"
            let acknowledged = Mutex<Revision>(1)
            let turns = Mutex(0)
            let summary = try await store.backUp(to: copy) { progress in
                turns.withLock { $0 += 1 }
                // Into pages that are copied, pages that are not, and new ones.
                for organization in ["o0", "o39"] {
                    let base = acknowledged.withLock { $0 }
                    let change = Change.sample(base + 1, id: "new \(base)", after: Array(Self.filler.utf8))
                    #expect(await store.commit([.step(organization, from: base, change)]) == [.committed])
                }
                if progress.done < progress.total { acknowledged.withLock { $0 += 1 } }
            }
            #expect(turns.withLock { $0 } > 5)
            let last = acknowledged.withLock { $0 }
            try read(copy) { db in
                #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
                let (records, history) = (
                    "SELECT count(*) FROM record WHERE organization = ?",
                    "SELECT count(*) FROM history WHERE organization = ?"
                )
                for organization in ["o0", "o39"] {
                    let revision = try Revision.fetchOne(
                        db,
                        sql: "SELECT revision FROM organization WHERE id = ?",
                        arguments: [organization]
                    )
                    #expect(revision == last)
                    #expect(try Int.fetchOne(db, sql: records, arguments: [organization]) == 19 + Int(last))
                    #expect(try Int.fetchOne(db, sql: history, arguments: [organization]) == 19 + Int(last))
                }
                #expect(
                    try Int.fetchOne(db, sql: "SELECT sum(changes) - (SELECT count(*) FROM history) FROM organization")
                        == 0
                )
            }
            #expect(summary.organizations == 40)
            #expect(try FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int == summary.bytes)
            let restored = try SQLiteStore.open(path: copy, logger: quiet)
            #expect(restored.epoch == store.epoch)
            #expect(await restored.commit([.put("o0", from: last)]) == [.committed])
            await restored.close()
        }
    }

    @Test func aBackupIsOneFileForItsOwnerThatAReaderNeedNotWriteTo() async throws {
        try await withStore(organizations: 1) { store, _, directory in
            let copy = directory + "/backup"
            _ = try await store.backUp(to: copy)
            #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
            #expect(try read(copy) { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
            #expect(
                try names(in: directory).filter { $0.hasPrefix("backup") } == [
                    "backup"
                ]
            )
        }
    }

    @Test func aBackupWithoutAServerHasTheLogAndChangesNothing() async throws {
        try await withStore { store, path, directory in
            #expect(await store.commit([.put("o0", from: 1, "\"last\"")]) == [.committed])
            let crashed = directory + "/crashed"
            try FileManager.default.createDirectory(atPath: crashed, withIntermediateDirectories: false)
            try copyWhileOpen(path, to: crashed + "/m.sqlite")
            let before = try Listing(of: crashed)
            let copy = directory + "/backup"
            let summary = try await Backup.run(of: crashed + "/m.sqlite", to: copy)
            #expect(summary.organizations == 40)
            #expect(try Listing(of: crashed) == before)
            let restored = try SQLiteStore.open(path: copy, logger: quiet)
            #expect(try await restored.text("o0") == "\"last\"")
            await restored.close()
        }
    }

    @Test func aBackupOfAnOlderVersionIsOfThatVersion() async throws {
        try await withDirectory { directory in
            let (path, copy) = (directory + "/m.sqlite", directory + "/backup")
            try SchemaVersion1.create(at: path, organizations: 2, changes: 5)
            _ = try await Backup.run(of: path, to: copy)
            for file in [path, copy] {
                #expect(try read(file) { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
            }
        }
    }

    @Test func anExistingFileIsNotReplaced() async throws {
        try await withStore(organizations: 1) { store, path, directory in
            let copy = directory + "/backup"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: copy))
            await #expect(throws: BackupError.self) { try await store.backUp(to: copy) }
            await store.close()
            await #expect(throws: BackupError.self) { try await Backup.run(of: path, to: copy) }
            #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
            #expect(try names(in: directory) == ["backup", "m.sqlite"])
        }
    }

    private func fails(
        _ store: SQLiteStore,
        _ path: String,
        _ progress: @Sendable (BackupProgress) async throws -> Void
    ) async -> Bool {
        do {
            _ = try await store.backUp(to: path, progress: progress)
            return false
        } catch {
            return true
        }
    }

    @Test func aBackupThatIsInterruptedLeavesNothing() async throws {
        struct Gone: Error {}
        try await withStore { store, _, directory in
            let copy = directory + "/backup"
            let isGone = await fails(store, copy) { _ in throw Gone() }
            let isBroken = await fails(store, copy) { _ in await store.breakConnection("a test") }
            let isOpenAgain = try await eventually { await store.commit([.put("o0", from: 1)]) == [.committed] }
            let isClosed = await fails(store, copy) { _ in await store.close() }
            #expect(isGone && isBroken && isOpenAgain && isClosed)
            let left = try names(in: directory)
            #expect(left == ["m.sqlite"])
        }
    }

    @Test func oneBackupRunsAtATime() async throws {
        try await withStore(organizations: 1) { store, _, directory in
            let refusal = Mutex<String?>(nil)
            _ = try await store.backUp(to: directory + "/backup") { _ in
                do { _ = try await store.backUp(to: directory + "/other") } catch let error as BackupError {
                    refusal.withLock { $0 = error.description }
                }
            }
            #expect(refusal.withLock { $0 } == "another backup is running")
            #expect(try names(in: directory).filter { $0.contains("other") } == [])
        }
    }

    @Test func aFileThatIsNamedLikeADraftIsNotTouched() async throws {
        try await withStore(organizations: 1) { store, path, directory in
            let mine = directory + "/backup.partial"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: mine))
            _ = try await store.backUp(to: directory + "/backup")
            await store.close()
            _ = try await Backup.run(of: path, to: directory + "/backup 2")
            #expect(try String(contentsOfFile: mine, encoding: .utf8) == "mine")
            #expect(try names(in: directory) == ["backup", "backup 2", "backup.partial", "m.sqlite"])
        }
    }

    /// No process creates any of these files while there is none at their paths.
    @Test(arguments: [
        "", "-wal", "-journal", "-shm", ".lock", ".mark", ".mark.new", ".key", ".key.new", ".socket", ".restoring",
        ".restored",
    ])
    func theDatabaseAndItsFilesAreNotOverwritten(_ suffix: String) async throws {
        try await withStore(organizations: 1) { store, path, directory in
            await store.close()
            let aside = directory + "/aside"
            try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(atPath: directory + "/link", withDestinationPath: ".")
            let open = try SQLiteStore.open(path: path, logger: quiet)
            let name = directory + "/link/m.sqlite" + suffix
            let isThere = FileManager.default.fileExists(atPath: name)
            if isThere { try FileManager.default.moveItem(atPath: name, toPath: aside + "/file") }
            let errors = [
                await #expect(throws: BackupError.self) { try await open.backUp(to: name) },
                await #expect(throws: BackupError.self) {
                    try await DocumentFile.write(to: name, apartFrom: open) { Array("text".utf8) }
                },
            ]
            #expect(errors.allSatisfy { $0?.description.contains("database") == true })
            #expect(!FileManager.default.fileExists(atPath: name))
            if isThere { try FileManager.default.moveItem(atPath: aside + "/file", toPath: name) }
            await open.close()
            guard suffix != "" else { return }
            await #expect(throws: BackupError.self) { try await Backup.run(of: path, to: name) }
            let again = try SQLiteStore.open(path: path, logger: quiet)
            #expect(again.canWrite)
            await again.close()
        }
    }

    @Test func aDamagedPageFailsTheBackup() async throws {
        try await withStore { store, path, directory in
            await store.close()
            try write([UInt8](repeating: 0xA5, count: 4_096), at: 4_096 * 30, of: path)
            let copy = directory + "/backup"
            let error = await #expect(throws: BackupError.self) { try await Backup.run(of: path, to: copy) }
            #expect(error?.description.contains("the copy is damaged") == true)
            #expect(try names(in: directory) == ["m.sqlite"])
        }
    }
}

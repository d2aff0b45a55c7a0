import Foundation
import GRDB
import MessagingCore
import Testing

@testable import MessagingSQLite

/// Files that are changed under an open database: nothing is acknowledged that is not in the files at their paths.
@Suite struct WatchedFilesTests {
    enum Act: String, CaseIterable {
        case databaseDeleted, bothDeleted, databaseReplaced, databaseEmptied, databaseCutOff, databaseOverwritten,
            databaseRenamed
        case logDeleted, logReplaced, logRenamed, logEmptied, logCutInHalf, directoryRenamed

        func callAsFunction(_ path: String) throws {
            let files = FileManager.default
            switch self {
            case .databaseDeleted: try files.removeItem(atPath: path)
            case .bothDeleted: for suffix in ["", "-wal"] { try files.removeItem(atPath: path + suffix) }
            case .databaseReplaced: try replace(path)
            case .databaseEmptied: #expect(truncate(path, 0) == 0)
            case .databaseCutOff: #expect(truncate(path, 4_096) == 0)
            case .databaseOverwritten: try write(Array("SQLite format 3\0".utf8), at: 0, of: path)
            case .databaseRenamed: try files.moveItem(atPath: path, toPath: path + ".old")
            case .logDeleted: try files.removeItem(atPath: path + "-wal")
            case .logReplaced: try replace(path + "-wal")
            case .logRenamed: try files.moveItem(atPath: path + "-wal", toPath: path + "-wal.old")
            case .logEmptied: #expect(truncate(path + "-wal", 0) == 0)
            case .logCutInHalf:
                let size = try #require(files.contents(atPath: path + "-wal")).count
                #expect(truncate(path + "-wal", size / 2) == 0)
            case .directoryRenamed:
                let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
                try files.moveItem(atPath: directory, toPath: directory + ".old")
                try files.createDirectory(atPath: directory, withIntermediateDirectories: false)
            }
        }

        private func replace(_ path: String) throws {
            try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
            #expect(rename(path + ".copy", path) == 0)
        }

        /// Whether the content of the log can still be saved.
        var keepsAll: Bool { [.logDeleted, .logRenamed].contains(self) }
    }

    private let token = StoredToken(digest: [1], organization: "o1", client: "c", scopes: [], expires: .distantFuture)

    private func withStore(_ body: (SQLiteStore, String) async throws -> Void) async throws {
        try await withDirectory { outer in
            let directory = outer + "/inner"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for number in 0..<5 { #expect(await store.commit([.put("o1", from: Int64(number))]) == [.committed]) }
            try await body(store, path)
            await store.close()
        }
    }

    @Test(arguments: Act.allCases) func theNextCommitFailsAndNoneIsTriedAfterIt(act: Act) async throws {
        try await withStore { store, path in
            #expect(store.canWrite)
            try act(path)
            #expect(await store.commit([.put("o1", from: 5)]) == [.unknown])
            #expect(!store.canWrite)
            #expect(await store.commit([.put("o1", from: 5)]) == [.unavailable])
            await #expect(throws: StoreError.self) { try await store.insert(token, upTo: 10, at: Date()) }
            await #expect(throws: StoreError.self) { try await store.load("o1") }
            await store.check()
            #expect(!store.canWrite)
        }
    }

    @Test(arguments: Act.allCases) func anIdleStoreDetectsTheChangeAtItsNextCheck(act: Act) async throws {
        try await withStore { store, path in
            await store.check()
            #expect(store.canWrite)
            try act(path)
            await store.check()
            #expect(!store.canWrite)
            #expect(await store.commit([.put("o1", from: 5)]) == [.unavailable])
        }
    }

    /// The pathParameter that a cut leaves in the log does not show in its length any more once SQLite has written behind it.
    @Test func aLogThatWasCutOffDuringATransactionIsNoticed() async throws {
        try await withStore { store, path in
            await #expect(throws: WriteFailure.self) {
                try await store.write { db in
                    #expect(truncate(path + "-wal", 0) == 0)
                    try db.execute(sql: "UPDATE store SET epoch = epoch")
                    return ((), commit: true)
                }
            }
            #expect(!store.canWrite)
        }
    }

    @Test func theContentOfALostLogIsSaved() async throws {
        for act in Act.allCases where act.keepsAll {
            try await withStore { store, path in
                try act(path)
                await store.check()
                await store.close()
                let again = try SQLiteStore.open(path: path, logger: quiet)
                #expect(try await again.load("o1")?.revision == 5)
                await again.close()
            }
        }
    }

    /// Neither closing nor the next opening touches the replaced files.
    @Test func filesThatWereReplacedAreLeftAlone() async throws {
        try await withStore { store, path in
            let before = try #require(FileManager.default.contents(atPath: path))
            try Act.databaseReplaced(path)
            #expect(await store.commit([.put("o1", from: 5)]) == [.unknown])
            let log = try #require(FileManager.default.contents(atPath: path + "-wal"))
            await store.close()
            #expect(FileManager.default.contents(atPath: path) == before)
            #expect(FileManager.default.contents(atPath: path + "-wal") == log)
        }
    }

    /// Many checkpoints, a transaction that is rolled back, and a log that SQLite truncates are the store's own changes.
    @Test func unchangedFilesRaiseNoAlarm() async throws {
        try await withStore { store, _ in
            let large = String(repeating: "x", count: 400_000)
            for number in 5..<60 {
                #expect(await store.commit([.put("o1", from: Int64(number), large)]) == [.committed])
                #expect(await store.commit([.put("o1", from: 1, large)]) == [.conflict])
                if number % 7 == 0 { await store.check() }
            }
            _ = try? await store.write { db in
                try db.execute(sql: "INSERT INTO history SELECT * FROM history")
                return ((), commit: true)
            }
            await store.check()
            let text = [UInt8](repeating: 121, count: 2_000_000)
            let huge = (0..<40).map { Change.sample(61, position: $0, id: "\($0)", after: text) }
            #expect(
                await store.commit([Commit(organization: "o1", base: 60, revision: 61, changes: huge)]) == [.committed]
            )
            for number in 61..<70 {
                #expect(await store.commit([.put("o1", from: Int64(number), large)]) == [.committed])
            }
            await store.check()
            #expect(store.canWrite)
        }
    }

    /// Transactions that write nothing, beside an empty log, one with frames, and one that begins anew.
    @Test func transactionsWithoutChangesRaiseNoAlarm() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/m.sqlite", logger: quiet)
            let large = String(repeating: "x", count: 4_096 * DatabaseConnection.checkpointPages)
            for number in 0..<4 {
                for _ in 0..<3 {
                    #expect(try await store.deleteTokens(expiredBefore: .distantPast, limit: 1) == 0)
                    await store.check()
                    #expect(store.canWrite)
                }
                #expect(
                    await store.commit([.put("o1", from: Int64(number), number == 1 ? large : "{}")]) == [.committed]
                )
            }
            await store.close()
        }
    }

    @Test func aBrokenConnectionIsReopenedByACheck() async throws {
        try await withStore { store, _ in
            await store.breakConnection("a test")
            #expect(!store.canWrite)
            await store.check()
            #expect(store.canWrite)
            #expect(await store.commit([.put("o1", from: 5)]) == [.committed])
        }
    }

    @Test(arguments: [Act.databaseReplaced, .logReplaced, .databaseDeleted])
    func aBrokenConnectionIsNotOpenedOnOtherFiles(act: Act) async throws {
        try await withStore { store, path in
            await store.breakConnection("a test")
            try act(path)
            await store.check()
            #expect(!store.canWrite)
            #expect(await store.commit([.put("o1", from: 5)]) == [.unavailable])
        }
    }
}

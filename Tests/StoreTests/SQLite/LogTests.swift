import Foundation
import MessagingCore
import Testing

@testable import MessagingSQLite

/// The log of a database that was not closed is never deleted, and never replaced by another one.
@Suite struct LogTests {
    /// What a kill leaves of a database: its log has `changes` changes.
    private func withKilledDatabase(
        changes: Int,
        _ body: (_ path: String, _ directory: String) async throws -> Void
    ) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try await withDirectory { other in
                let store = try SQLiteStore.open(path: other + "/m.sqlite", logger: quiet)
                for number in 0..<changes {
                    #expect(await store.commit([.put("o1", from: Int64(number))]) == [.committed])
                }
                try copyWhileOpen(other + "/m.sqlite", to: path)
                try FileManager.default.copyItem(atPath: other + "/m.sqlite.lock", toPath: path + ".lock")
                await store.close()
            }
            try await body(path, directory)
        }
    }

    private func expectChanges(_ count: Int64, at path: String) async throws {
        let store = try SQLiteStore.open(path: path, logger: quiet)
        #expect(try await store.load("o1")?.revision == count)
        await store.close()
    }

    @Test func aLogThatWasPutInPlaceOfTheOpenOneIsLeftAlone() async throws {
        try await withKilledDatabase(changes: 5) { killed, directory in
            let path = directory + "/served.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for suffix in ["", "-wal"] {
                let content = try #require(FileManager.default.contents(atPath: killed + suffix))
                #expect(truncate(path + suffix, 0) == 0)
                try write([UInt8](content), at: 0, of: path + suffix)
            }
            await store.check()
            #expect(!store.canWrite)
            await store.close()
            try await expectChanges(5, at: path)
        }
    }

    @Test(arguments: [0, 5]) func aRefusedStartLeavesTheLog(changes: Int) async throws {
        try await withKilledDatabase(changes: changes) { path, directory in
            let whole = try #require(FileManager.default.contents(atPath: path))
            #expect(truncate(path, 12_288) == 0)
            let before = try Listing(of: directory)
            let reason = await refusal(path)?.reason
            guard case .corrupt = reason else { throw BackupError("not refused as corrupt") }
            let after = try Listing(of: directory)
            #expect(after.items["m.sqlite-wal"] == before.items["m.sqlite-wal"])
            try FileManager.default.removeItem(atPath: path)
            try whole.write(to: URL(fileURLWithPath: path))
            chmod(path, 0o600)
            #expect(await refusal(path) == nil)
        }
    }

    /// The next start would not find the log, or not detect that it is missing.
    @Test(arguments: [0, 5]) func aRefusedStartKeepsTheContentOfTheLock(changes: Int) async throws {
        try await withKilledDatabase(changes: changes) { path, _ in
            let whole = try #require(FileManager.default.contents(atPath: path))
            #expect(truncate(path, 12_288) == 0)
            _ = await refusal(path)
            try write([UInt8](whole), at: 0, of: path)
            try FileManager.default.removeItem(atPath: path + "-wal")
            #expect(await refusal(path)?.reason == .missingLog(path + "-wal", lock: path + ".lock"))
        }
    }

    @Test(arguments: [0, 5]) func aBackupOfAKilledDatabaseLeavesTheLog(changes: Int) async throws {
        try await withKilledDatabase(changes: changes) { path, directory in
            let log = FileManager.default.contents(atPath: path + "-wal")
            #expect(log?.isEmpty == (changes == 0))
            _ = try await Backup.run(of: path, to: directory + "/b")
            #expect(FileManager.default.contents(atPath: path + "-wal") == log)
            #expect(await refusal(path) == nil)
        }
    }

    @Test func aBackupOfAClosedDatabaseLeavesNoLog() async throws {
        try await withKilledDatabase(changes: 1) { path, directory in
            #expect(await refusal(path) == nil)
            _ = try await Backup.run(of: path, to: directory + "/b")
            #expect(try names(in: directory) == ["b", "m.sqlite"])
        }
    }

    @Test func aDatabaseThatWasTouchedIsOpenedAgain() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            for _ in 0..<2 {
                let store = try SQLiteStore.open(path: path, logger: quiet)
                #expect(utimes(path, nil) == 0)
                await store.check()
                #expect(!store.canWrite)
                await store.close()
            }
            #expect(await refusal(path) == nil)
        }
    }

    /// A connection that was broken has no log in memory that could be saved.
    @Test func aLogDeletedDuringABrokenConnectionIsDetected() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            await store.breakConnection("a test")
            try FileManager.default.removeItem(atPath: path + "-wal")
            await store.check()
            #expect(!store.canWrite)
            await store.close()
            #expect(await refusal(path)?.reason == .missingLog(path + "-wal", lock: path + ".lock"))
        }
    }

    @Test func aBackupBesideTheLogOfAnotherDatabaseIsRefused() async throws {
        try await withKilledDatabase(changes: 5) { path, directory in
            _ = try await Backup.run(of: path, to: directory + "/b")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: directory + "/b", toPath: path)
            let before = try Listing(of: directory)
            let error = await #expect(throws: OpenError.self) {
                try await SQLiteStore.open(path: path, logger: quiet).close()
            }
            #expect(error?.reason == .wrongLog(.foreign, log: path + "-wal", lock: path + ".lock"))
            #expect(error?.description.contains("restore --replace") == true)
            await #expect(throws: OpenError.self) { try await Backup.run(of: path, to: directory + "/c") }
            #expect(try Listing(of: directory) == before)
            _ = try Restore.run(from: directory + "/b", to: path, replacing: true, keepingTokens: false, given: nil)
            try await expectChanges(5, at: path)
        }
    }

    /// SQLite would take such a log for empty.
    @Test func aLogWithAFlippedBitInItsHeaderIsRefused() async throws {
        try await withKilledDatabase(changes: 5) { path, directory in
            let log = try #require(FileManager.default.contents(atPath: path + "-wal"))
            for bit in 0..<32 * 8 {
                try write([log[bit / 8] ^ 1 << UInt8(bit % 8)], at: UInt64(bit / 8), of: path + "-wal")
                let before = try Listing(of: directory)
                let reason = await refusal(path)?.reason
                #expect(reason == .wrongLog(.damaged, log: path + "-wal", lock: path + ".lock"), "bit \(bit)")
                #expect(try Listing(of: directory) == before)
                try write([log[bit / 8]], at: UInt64(bit / 8), of: path + "-wal")
            }
            try await expectChanges(5, at: path)
        }
    }

    /// It is what a power cut may leave of the first write.
    @Test(arguments: [1, 32]) func aLogWithoutAWholeHeaderAndAFrameHasNoChanges(size: Int) async throws {
        try await withKilledDatabase(changes: 0) { path, _ in
            try Data(repeating: 0, count: size).write(to: URL(fileURLWithPath: path + "-wal"))
            #expect(await refusal(path) == nil)
        }
    }

    @Test func aMarkThatCannotBeWrittenLeavesNothing() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            try FileManager.default.removeItem(atPath: path + ".mark")
            try FileManager.default.createDirectory(atPath: path + ".mark/x", withIntermediateDirectories: true)
            await store.remember(sweepTime: Date())
            #expect(!FileManager.default.fileExists(atPath: path + ".mark.new"))
            await store.close()
        }
    }
}

import Foundation
import MessagingCore
import MessagingSQLite
import Testing

/// Starts where a database was and is not any more.
@Suite struct LostDatabaseTests {
    private func withClosedDatabase(_ body: (_ path: String, _ directory: String) async throws -> Void) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            await store.close()
            try await body(path, directory)
        }
    }

    @Test(arguments: [true, false]) func aLostDatabaseIsNotReplacedUnrequested(isEmptied: Bool) async throws {
        try await withClosedDatabase { path, directory in
            try FileManager.default.removeItem(atPath: path)
            if isEmptied { try Data().write(to: URL(fileURLWithPath: path)) }
            let before = try Listing(of: directory)
            #expect(await refusal(path)?.reason == .lost(mark: path + ".mark"))
            #expect(try Listing(of: directory) == before)
            let new = try SQLiteStore.open(path: path, create: true, logger: quiet)
            #expect(try await new.organizations() == [])
            await new.close()
            #expect(await refusal(path) == nil)
        }
    }

    @Test func aReturnedDatabaseIsOpenedAndNoNewOneIsCreated() async throws {
        try await withClosedDatabase { path, _ in
            for create in [false, true] {
                let store = try SQLiteStore.open(path: path, create: create, logger: quiet)
                #expect(try await store.organizations() == ["o1"])
                await store.close()
            }
        }
    }

    @Test func aDatabaseOfAnOlderProgramGetsItsMark() async throws {
        try await withClosedDatabase { path, _ in
            try FileManager.default.removeItem(atPath: path + ".mark")
            #expect(await refusal(path) == nil)
            #expect(FileManager.default.fileExists(atPath: path + ".mark"))
        }
    }

    @Test func theTimeOfTheLastSweepSurvivesARestart() async throws {
        try await withClosedDatabase { path, _ in
            let time = Date(timeIntervalSince1970: 1_234_567_890)
            let store = try SQLiteStore.open(path: path, logger: quiet)
            await store.remember(sweepTime: time)
            await store.close()
            let again = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await again.rememberedSweepTime() == time)
            await again.close()
        }
    }

    /// A kill leaves a lock whose content states that there is a log.
    @Test func aMissingLogAfterAKillIsDetected() async throws {
        try await withClosedDatabase { path, directory in
            try Data("4711\nwith a log\n".utf8).write(to: URL(fileURLWithPath: path + ".lock"))
            let before = try Listing(of: directory)
            #expect(await refusal(path)?.reason == .missingLog(path + "-wal", lock: path + ".lock"))
            #expect(try Listing(of: directory) == before)
            try FileManager.default.removeItem(atPath: path + ".lock")
            #expect(await refusal(path) == nil)
        }
    }
}

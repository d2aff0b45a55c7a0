import Foundation
import MessagingCore
import Testing

@testable import MessagingSQLite

@Suite struct DurabilityTests {
    @Test func everyCommitIsSynced() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/m.sqlite", logger: quiet)
            #expect(try await store.synchronous() == 2)
            await store.breakConnection("a test")
            #expect(try await store.synchronous() == 2)
            await store.close()
            let memory = try SQLiteStore.inMemory(logger: quiet)
            #expect(try await memory.synchronous() == 2)
        }
    }

    /// The log marks the last page of each transaction, and is synced there.
    @Test func commitsInOneCallAreOneTransaction() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            let commits = (1...64).map { number in
                Commit.step("o\(number)", from: 0, .sample(1, id: "a"), .sample(1, position: 1, id: "b"))
            }
            #expect(await store.commit(commits) == commits.map { _ in .committed })
            #expect(try transactions(inLogOf: path) == 1)
            await store.close()
        }
    }

    @Test func anEmptyFileIsFilled() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try Data().write(to: URL(fileURLWithPath: path))
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            await store.close()
        }
    }

    @Test func filesOfACrashedFirstStartAreReplaced() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            for name in [".new", ".new-wal", ".new-journal", ".lock"] {
                try Data("4711 half".utf8).write(to: URL(fileURLWithPath: path + name))
            }
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            await store.close()
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == [
                    "m.sqlite", "m.sqlite.mark",
                ]
            )
        }
    }

    @Test func theFilesArePrivateAndTheLogIsGoneAfterClosing() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            _ = await store.commit([.put("o1", from: 0)])
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            #expect(names == ["m.sqlite", "m.sqlite-wal", "m.sqlite.lock", "m.sqlite.mark"])
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            #expect(try String(contentsOfFile: path + ".lock", encoding: .utf8) == "\(getpid())\nwith a log\n")
            await store.close()
            await store.close()
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == [
                    "m.sqlite", "m.sqlite.mark",
                ]
            )
            #expect(await store.commit([.put("o1", from: 1)]) == [.unavailable])
            await #expect(throws: (any Error).self) { try await store.load("o1") }
        }
    }

    @Test func openingAgainFindsEverything() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            for base: Int64 in 0..<5 {
                let store = try SQLiteStore.open(path: path, logger: quiet)
                #expect(try await store.load("o1")?.revision ?? 0 == base)
                #expect(await store.commit([.put("o1", from: base, id: "\(base)")]) == [.committed])
                await store.close()
            }
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(try await store.load("o1")?.records.count == 5)
            #expect(try await store.changes(of: "o1", after: 0, limit: 10)?.count == 5)
            await store.close()
        }
    }

    @Test func acknowledgedCommitsSurviveACrash() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for base: Int64 in 0..<30 {
                #expect(await store.commit([.put("o1", from: base, id: "\(base)")]) == [.committed])
                guard base % 7 == 0 else { continue }
                let copy = directory + "/copy-\(base)"
                try copyWhileOpen(path, to: copy)
                let survivor = try SQLiteStore.open(path: copy, logger: quiet)
                #expect(try await survivor.load("o1")?.revision == base + 1)
                #expect(try await survivor.load("o1")?.records.count == Int(base) + 1)
                await survivor.close()
            }
            await store.close()
        }
    }

    @Test func aBrokenConnectionIsReopenedWithEverything() async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/m.sqlite", logger: quiet)
            for base: Int64 in 0..<5 {
                #expect(await store.commit([.put("o1", from: base)]) == [.committed])
                await store.breakConnection("a test")
                #expect(try await eventually { try await store.load("o1")?.revision == base + 1 })
            }
            await store.breakConnection("a test")
            await store.close()
        }
    }

    @Test func aBrokenConnectionToALostFileStaysClosed() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            try FileManager.default.moveItem(atPath: path, toPath: path + "-away")
            await store.breakConnection("a test")
            #expect(await store.commit([.put("o1", from: 1)]) == [.unavailable])
            #expect(!FileManager.default.fileExists(atPath: path))
            try FileManager.default.moveItem(atPath: path + "-away", toPath: path)
            #expect(try await eventually { await store.commit([.put("o1", from: 1)]) == [.committed] })
            await store.close()
        }
    }
}

/// Returns whether a condition becomes true within a minute, which is enough on any machine.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        do {
            if try await condition() { return true }
        } catch StoreError.unavailable {}
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}

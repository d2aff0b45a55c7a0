import Foundation
import MessagingCore
import MessagingSQLite
import Testing

/// A file that the server must not use is refused in one line, and nothing in its directory changes.
@Suite struct RefusalTests {
    private func expect(_ explanation: String, of path: String, in directory: String) async throws {
        let before = try Listing(of: directory)
        let error = await refusal(path)
        #expect(error?.description == "cannot open \(path): \(explanation)")
        #expect(try Listing(of: directory) == before)
    }

    /// A database of ours with two commits, closed.
    private func database(in directory: String) async throws -> String {
        let path = directory + "/messaging.sqlite"
        let store = try SQLiteStore.open(path: path, logger: quiet)
        _ = await store.commit([.put("o1", from: 0)])
        _ = await store.commit([.put("o1", from: 1, String(repeating: "x", count: 100_000))])
        await store.close()
        return path
    }

    @Test func aMissingDirectory() async throws {
        try await withDirectory { directory in
            try await expect(
                "the directory \(directory)/none does not exist",
                of: directory + "/none/m.sqlite",
                in: directory
            )
            try await expect("it is not a regular file", of: directory, in: directory)
            let link = directory + "/link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory + "/gone")
            #expect(await refusal(link)?.reason == .failed(cause: "it is a link to a file that does not exist"))
            #expect(!FileManager.default.fileExists(atPath: directory + "/gone"))
        }
    }

    @Test(arguments: ["x", "SQLite format 3\0", String(repeating: "picture ", count: 1000)])
    func anotherFile(content: String) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try Data(content.utf8).write(to: URL(fileURLWithPath: path))
            try await expect("it is not a database", of: path, in: directory)
        }
    }

    @Test func anotherProgramsDatabase() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            try write([0, 0, 0, 0], at: 68, of: path)
            try await expect("it is a database of another program", of: path, in: directory)
        }
    }

    @Test func aNewerVersion() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            try write([0, 0, 0, 7], at: 60, of: path)
            try await expect(
                "it was written by a newer version (schema 7, this program knows 5)",
                of: path,
                in: directory
            )
        }
    }

    @Test func aReadOnlyFile() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            if geteuid() == 0 {
                try run("chattr", "+i", path)
            } else {
                try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            }
            let before = try Listing(of: directory)
            let error = await refusal(path)
            #expect(error?.description.hasPrefix("cannot open \(path): it is read-only (") == true)
            #expect(try Listing(of: directory) == before)
            if geteuid() == 0 { try run("chattr", "-i", path) }
        }
    }

    @Test func aLogWithoutItsDatabase() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            try Data([1]).write(to: URL(fileURLWithPath: path + "-wal"))
            let explanation = "it is missing or empty, but the log of its last changes is there: \(path)-wal"
            try await expect(explanation, of: path, in: directory)
            try Data().write(to: URL(fileURLWithPath: path))
            try await expect(explanation, of: path, in: directory)
        }
    }

    @Test(arguments: [100, 4096, 5000, 12_288, 20_480])
    func aTruncatedFile(size: Int) async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            #expect(truncate(path, size) == 0)
            let before = try Listing(of: directory)
            let error = try #require(await refusal(path))
            #expect(error.description.hasPrefix("cannot open \(path): it is corrupt: "))
            #expect(!error.description.contains("\n"))
            #expect(try Listing(of: directory) == before)
        }
    }

    @Test func damagedPages() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            let content = try #require(FileManager.default.contents(atPath: path))
            let table = try #require(content.range(of: Data("o1setting".utf8))).lowerBound
            try write([UInt8](repeating: 0xAA, count: 64), at: UInt64(table / 4096 * 4096), of: path)
            let before = try Listing(of: directory)
            let error = try #require(await refusal(path))
            #expect(error.description.hasPrefix("cannot open \(path): it is corrupt: "))
            #expect(try Listing(of: directory) == before)
        }
    }

    /// The byte that declares a column as a blob of two bytes is changed to declare text. It is the last such byte.
    @Test(arguments: [([17, 27, 15, 16] as [UInt8], "record.bytes"), ([31, 5, 0, 16], "history.after")])
    func aValueOfAnotherType(types: [UInt8], column: String) async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            _ = await store.commit([.put("o1", from: 0)])
            await store.close()
            let content = try #require(FileManager.default.contents(atPath: path))
            let place = try #require(content.range(of: Data(types)))
            try write([17], at: UInt64(place.upperBound - 1), of: path)
            try await expect("it is corrupt: non-BLOB value in \(column)", of: path, in: directory)
        }
    }

    /// Damage is found in every kind of page: a table, an index, the history, the rest of a large value.
    @Test func anyDamagedPage() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for number in 2...400 {
                #expect(await store.commit([.put("o1", from: Int64(number), id: "\(number)")]) == [.committed])
            }
            await store.close()
            let content = try #require(FileManager.default.contents(atPath: path))
            #expect(content.count > 40 * 4096)
            for page in stride(from: 4096, to: content.count, by: 4096) {
                try write([UInt8](repeating: 0xA5, count: 4096), at: UInt64(page), of: path)
                let before = try Listing(of: directory)
                let error = await refusal(path)
                #expect(
                    error?.description.hasPrefix("cannot open \(path): it is corrupt: ") == true,
                    "page \(page / 4096)"
                )
                #expect(try Listing(of: directory) == before)
                try write([UInt8](content[page..<page + 4096]), at: UInt64(page), of: path)
            }
            #expect(await refusal(path) == nil)
        }
    }

    /// Closing must not move the log into a database that was refused.
    @Test func damagedPagesBesideALog() async throws {
        try await withDirectory { directory in
            let copy = directory + "/copy.sqlite"
            try await withDirectory { other in
                let path = try await database(in: other)
                let store = try SQLiteStore.open(path: path, logger: quiet)
                _ = await store.commit([.put("o2", from: 0)])
                try copyWhileOpen(path, to: copy)
                await store.close()
            }
            let content = try #require(FileManager.default.contents(atPath: copy))
            for page in stride(from: 0, to: content.count, by: 4096)
            where content[page + 4..<page + 4096].allSatisfy({ $0 == UInt8(ascii: "x") }) {
                try write([0xFF, 0xFF, 0xFF, 0xFF], at: UInt64(page), of: copy)
            }
            let before = try Listing(of: directory)
            let error = try #require(await refusal(copy))
            #expect(error.description.hasPrefix("cannot open \(copy): it is corrupt: "))
            #expect(try Listing(of: directory) == before)
        }
    }

    @Test func openInThisProcess() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            try await expect("it is in use by process \(getpid())", of: path, in: directory)
            #expect(await store.commit([.put("o1", from: 0)]) == [.committed])
            await store.close()
            #expect(await refusal(path) == nil)
        }
    }

    /// Between its fork and its exec, a child process has copies of all descriptors.
    @Test func theLockEndsThoughAChildProcessHasACopyOfIt() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            let copies = try descriptors(of: path + ".lock").map { dup($0) }
            #expect(copies.count == 1)
            // Closing takes the file away. Put back, it is the same file.
            try FileManager.default.linkItem(atPath: path + ".lock", toPath: path + ".kept")
            await store.close()
            try FileManager.default.moveItem(atPath: path + ".kept", toPath: path + ".lock")
            try Data().write(to: URL(fileURLWithPath: path + ".lock"), options: [])
            #expect(await refusal(path) == nil)
            for copy in copies { close(copy) }
        }
    }

    @Test func openInAnotherProcess() async throws {
        try await withDirectory { directory in
            let path = try await database(in: directory)
            let process = Process()
            let input = Pipe()
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c", #"exec 9<>"$0"; flock -n 9 || exit 1; echo $$ >&9; echo locked; read wait"#, path + ".lock",
            ]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            #expect(output.fileHandleForReading.availableData == Data("locked\n".utf8))
            try await expect("it is in use by process \(process.processIdentifier)", of: path, in: directory)
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(await refusal(path) == nil)
        }
    }
}

import Foundation
import MessagingCore
import MessagingSQLite
import Testing

/// A database is created and found at the given path, whatever characters the path has.
@Suite struct PathTests {
    /// Letters of two, three and four bytes, one of two scalars, and names that begin with what combines with the slash before them.
    @Test(arguments: ["größe", "日本語", "😀🧭", "e\u{301}te\u{301}", "\u{301}x", "👩‍👩‍👧/😀/é", "a b"])
    func theDatabaseIsAtItsPath(name: String) async throws {
        try await withDirectory { directory in
            let place = "\(directory)/\(name)"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            let path = "\(place)/\(name.split(separator: "/").last ?? "")"
            for revision in 0..<2 {
                let store = try SQLiteStore.open(path: path, logger: quiet)
                #expect(await store.commit([.put("o1", from: Int64(revision))]) == [.committed])
                let found = try names(in: place)
                #expect(Set(found) == Set(["", "-wal", ".lock"].map { named(path) + $0 }))
                await store.close()
            }
            #expect(try names(in: place) == [named(path)])
        }
    }

    @Test func pathsThatAreNotUTF8AreNotConfused() async throws {
        try await withDirectory { directory in
            #expect(throws: OpenError.self) {
                try SQLiteStore.open(
                    path: String(decoding: Array("\(directory)/m".utf8) + [0xFF], as: UTF8.self),
                    logger: quiet
                )
            }
            let found = try names(in: directory)
            #expect(found == [])
        }
    }

    private func named(_ path: String) -> String {
        String(decoding: path.utf8.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }
}

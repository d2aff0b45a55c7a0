import Foundation
import MessagingCore
import MessagingSQLite
import Testing

@Suite struct FullDiskTests {
    @Test(.enabled(if: geteuid() == 0, "mounts a small file system, which takes root"))
    func aFullDiskRefusesWritesAndHeals() async throws {
        try await withDirectory { directory in
            try run("mount", "-t", "tmpfs", "-o", "size=2m", "none", directory)
            do {
                try await fillAndHeal(directory)
            } catch {
                try run("umount", "-l", directory)
                throw error
            }
            try run("umount", directory)
        }
    }

    private func fillAndHeal(_ directory: String) async throws {
        let path = directory + "/m.sqlite"
        let ballast = URL(fileURLWithPath: directory + "/ballast")
        try Data(count: 1 << 19).write(to: ballast)
        let store = try SQLiteStore.open(path: path, logger: quiet)
        var revision: Int64 = 0
        var refused = 0
        while refused < 20 {
            let outcome = await store.commit([
                .put("o1", from: revision, id: "\(revision)", String(repeating: "x", count: 9000))
            ])
            switch outcome {
            case [.committed]: revision += 1
            case [.unavailable]: refused += 1
            default: Issue.record("\(outcome)")
            }
            try #require(revision < 1000)
        }
        #expect(revision > 10)
        #expect(try await store.load("o1")?.revision == revision)
        try FileManager.default.removeItem(at: ballast)
        #expect(try await eventually { await store.commit([.put("o1", from: revision)]) == [.committed] })
        #expect(try await store.load("o1")?.revision == revision + 1)
        #expect(try await store.load("o1")?.records.count == Int(revision) + 1)
        await store.close()
    }
}

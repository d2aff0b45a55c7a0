import Foundation
import MessagingCore
import MessagingSQLite
import Testing

/// How much of the file a record takes.
@Suite struct RecordPageTests {
    /// A record of the size of an integration has its row in a page with others; a row that exceeds what a page holds of one would have a page
    /// of its own, which the next read of the organization would read as well.
    @Test func recordsOfOneKibibyteShareTheirPages() async throws {
        try await withDirectory { directory in
            let path = directory + "/m.sqlite"
            let store = try SQLiteStore.open(path: path, logger: quiet)
            for number in 0..<600 {
                let bytes = [UInt8](repeating: 0x78, count: 1_024)
                let change = Change.sample(Revision(number + 1), id: "object \(number)", after: bytes)
                #expect(await store.commit([.step("o1", from: Revision(number), change)]) == [.committed])
            }
            await store.close()
            let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            // Three to a page, of the records and of the history each, and their indexes.
            #expect(size < 600 * 4_096)
        }
    }
}

import MessagingCore
import Randomness
import Testing

struct TableTests {
    @Test func anEmptyTableHoldsNothing() {
        var table = Table()
        #expect(table.count == 0)
        #expect(table["a"] == nil)
        #expect(table.remove("a") == nil)
        #expect(table.page(offset: 0, limit: 25).isEmpty)
        #expect(Array(table.entries).isEmpty)
        #expect(Array(Table([]).entries).isEmpty)
    }

    @Test func insertAddsAndReplaces() {
        var table = Table()
        #expect(table.insert(entry("1", "b")) == nil)
        #expect(table.insert(entry("2", "a")) == nil)
        #expect(table.insert(entry("1", "b", version: 2)) == entry("1", "b"))
        #expect(table.count == 2)
        #expect(table["1"] == entry("1", "b", version: 2))
        #expect(Array(table.entries) == [entry("2", "a"), entry("1", "b", version: 2)])
    }

    @Test func aNewNameMovesTheEntry() {
        var table = Table([entry("1", "a"), entry("2", "b")])
        #expect(table.insert(entry("1", "c")) == entry("1", "a"))
        #expect(Array(table.entries) == [entry("2", "b"), entry("1", "c")])
        #expect(table.count == 2)
    }

    @Test func removeReturnsTheRemovedEntry() {
        var table = Table([entry("1", "a"), entry("2", "b")])
        #expect(table.remove("1") == entry("1", "a"))
        #expect(table.remove("1") == nil)
        #expect(table["1"] == nil)
        #expect(Array(table.entries) == [entry("2", "b")])
    }

    @Test func equalNamesAreOrderedByID() {
        let table = Table([entry("c", "same"), entry("a", "same"), entry("b", "same")])
        #expect(table.entries.map(\.id) == ["a", "b", "c"])
    }

    @Test func ofDuplicatesTheLastIsLoaded() {
        let table = Table([entry("1", "z"), entry("2", "b"), entry("1", "a"), entry("1", "c", version: 2)])
        #expect(table.count == 2)
        #expect(Array(table.entries) == [entry("2", "b"), entry("1", "c", version: 2)])
    }

    @Test(arguments: [0, 1, 2, 11, 12, 13, 16, 17, 144, 145, 191, 192, 193, 256, 257, 1000, 9216, 9217, 20_000])
    func aBulkLoadEqualsInserts(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        let entries = (0..<count).map { entry("id\($0)", "name\($0 % 7919)") }.shuffled(using: &random)
        var inserted = Table()
        for entry in entries { inserted.insert(entry) }
        let loaded = Table(entries)
        #expect(loaded.count == count)
        #expect(Array(loaded.entries) == Array(inserted.entries))
        #expect(entries.allSatisfy { loaded[$0.id] == $0 })
    }

    @Test func pagesBeginAndEndAnywhere() {
        let table = Table((0..<1000).map { entry("id\($0)", "name\($0 % 10)") })
        let all = Array(table.entries)
        #expect(all.count == 1000)
        for offset in 0...1001 {
            for limit in [0, 1, 25] {
                #expect(table.page(offset: offset, limit: limit) == Array(all.dropFirst(offset).prefix(limit)))
            }
        }
        for offset in [0, 1, 165, 166, 167, 500, 999, 1000] {
            for limit in [100, 256, 999, 1000, 1001] {
                #expect(table.page(offset: offset, limit: limit) == Array(all.dropFirst(offset).prefix(limit)))
            }
        }
    }

    @Test(arguments: [0, 1, 300])
    func pagesTakeAnyNumbers(count: Int) {
        let table = Table((0..<count).map { entry("id\($0)", "name") })
        let all = Array(table.entries)
        let numbers = [Int.min, Int.min + 1, -1, 0, 1, 299, 300, 301, Int.max - 1, Int.max]
        for offset in numbers {
            for limit in numbers {
                let expected = all.dropFirst(max(offset, 0)).prefix(max(limit, 0))
                #expect(table.page(offset: offset, limit: limit) == Array(expected))
            }
        }
    }
}

import MessagingCore
import Testing

struct TableStringsTests {
    /// Strings in the order of their UTF-8 bytes; several are canonically equivalent to another.
    static let strings = [
        "", "\0", "\0\0", " ", "A", "A\u{30A}", "B", "a", "a\u{301}\u{323}", "a\u{323}\u{301}", "e\u{301}",
        String(repeating: "x", count: 15), String(repeating: "x", count: 16), String(repeating: "x", count: 100_000),
        String(repeating: "x", count: 100_000) + "y", "z", "\u{C5}", "\u{E9}", "\u{1EA1}\u{301}", "\u{212B}",
        "\u{FFFD}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F600}", "\u{10FFFF}",
    ]

    @Test func everyStringIsAnIDOfItsOwn() {
        var table = Table()
        for string in Self.strings { #expect(table.insert(entry(string, "name")) == nil) }
        #expect(table.count == Self.strings.count)
        for string in Self.strings {
            #expect(table[string].map { Array($0.id.utf8) } == Array(string.utf8))
        }
        for (index, string) in Self.strings.enumerated() {
            #expect(table.remove(string).map { Array($0.id.utf8) } == Array(string.utf8))
            #expect(table[string] == nil)
            #expect(table.count == Self.strings.count - index - 1)
        }
    }

    /// Many, because ids are compared only where their hashes begin alike.
    @Test func equivalentIDsAreDifferent() {
        for number in 0..<500 {
            var table = Table([entry("\u{E9}\(number)", "name")])
            #expect(table["e\u{301}\(number)"] == nil)
            #expect(table.remove("e\u{301}\(number)") == nil)
            #expect(table.insert(entry("e\u{301}\(number)", "name")) == nil)
            #expect(table.count == 2)
        }
    }

    @Test func namesAreOrderedByTheirBytes() {
        let table = Table(Self.strings.reversed().map { entry("id of \($0)", $0) })
        #expect(table.entries.map { Array($0.name.utf8) } == Self.strings.map { Array($0.utf8) })
    }

    @Test func idsAreOrderedByTheirBytes() {
        let table = Table(Self.strings.reversed().map { entry($0, "name") })
        #expect(table.entries.map { Array($0.id.utf8) } == Self.strings.map { Array($0.utf8) })
    }

    /// Behind a common beginning, names that end within, at or behind the eight bytes that a bulk load compares first.
    @Test func aBulkLoadOrdersNamesOfACommonBeginning() {
        let ends = [
            "", "\0", "\0\0", "\0a", "1", "1234567", "12345678", "12345678\0", "123456789", "12345679", "2", "a",
            "\u{E9}",
        ]
        for beginning in ["", "s", "Messaging setting "] {
            let names = ends.map { beginning + $0 }
            let table = Table(names.reversed().map { entry("id of \($0)", $0) })
            #expect(table.entries.map { Array($0.name.utf8) } == names.map { Array($0.utf8) })
        }
    }

    @Test func anEquivalentNameMovesTheEntry() {
        var table = Table([entry("1", "e\u{301}"), entry("2", "z")])
        table.insert(entry("1", "\u{E9}"))
        #expect(table.entries.map(\.id) == ["2", "1"])
    }

    @Test func entriesAreEqualByTheirBytes() {
        #expect(
            Entry(id: "\u{E9}", name: "", version: 1, bytes: [])
                != Entry(id: "e\u{301}", name: "", version: 1, bytes: [])
        )
        #expect(
            Entry(id: "", name: "\u{E9}", version: 1, bytes: [])
                != Entry(id: "", name: "e\u{301}", version: 1, bytes: [])
        )
        #expect(Entry(id: "", name: "", version: 1, bytes: []) != Entry(id: "", name: "", version: 2, bytes: []))
        #expect(Entry(id: "", name: "", version: 1, bytes: [1]) != Entry(id: "", name: "", version: 1, bytes: [2]))
        #expect(Set([entry("\u{E9}", "n"), entry("e\u{301}", "n"), entry("\u{E9}", "n")]).count == 2)
    }
}

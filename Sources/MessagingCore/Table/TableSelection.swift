/// All entries of a ``Table`` or some of them, listed by name, as a value.
public struct TableSelection: Sendable {
    private let table: Table
    private let order: Order
    /// The number of entries.
    public let count: Int

    /// Creates a selection of the entries of a table that have these places. `count` is their number.
    init(_ table: Table, _ order: Order, count: Int) {
        self.table = table
        self.order = order
        self.count = count
    }

    /// Returns at most `limit` entries by name, then by id, beginning with the one at position `offset`, counted from 0.
    ///
    /// The page is empty if `offset` is past the end. Negative arguments count as 0.
    public func page(offset: Int, limit: Int) -> [Entry] {
        let length = min(max(limit, 0), max(count - max(offset, 0), 0))
        var page: [Entry] = []
        page.reserveCapacity(length)
        var places = order.places(from: max(offset, 0))
        while page.count < length, let place = places.next() {
            if let entry = table[place.id] { page.append(entry) }
        }
        return page
    }

    /// The entries, by name, then by id.
    public var entries: some Sequence<Entry> & Sendable { Entries(selection: self) }

    private struct Entries: Sequence, Sendable {
        let selection: TableSelection

        func makeIterator() -> some IteratorProtocol<Entry> {
            let table = selection.table
            return selection.order.places(from: 0).lazy.compactMap { table[$0.id] }.makeIterator()
        }
    }
}

extension Table {
    /// All entries, listed by name.
    public var all: TableSelection { TableSelection(self, order, count: count) }

    /// Returns the entries that have these places.
    func selection(of order: Order) -> TableSelection { TableSelection(self, order, count: order.root.count) }

    /// Returns a page of all entries; see ``TableSelection/page(offset:limit:)``.
    public func page(offset: Int, limit: Int) -> [Entry] { all.page(offset: offset, limit: limit) }
}

/// All entries of a ``Table`` or some of them, listed by name, as a value.
public struct TableSelection: Sendable {
    private let order: Order
    /// The number of entries.
    public let count: Int

    /// Creates a selection of the entries in an order. `count` is their number.
    init(_ order: Order, count: Int) {
        self.order = order
        self.count = count
    }

    /// Creates a selection of the entries in an order.
    init(_ order: Order) { self.init(order, count: order.root.count) }

    /// Returns at most `limit` entries by name, then by id, beginning with the one at position `offset`, counted from 0.
    ///
    /// The page is empty if `offset` is past the end. Negative arguments count as 0.
    public func page(offset: Int, limit: Int) -> [Entry] {
        let chunks = chunks(offset: offset, limit: limit)
        var page: [Entry] = []
        page.reserveCapacity(chunks.reduce(0) { $0 + $1.count })
        for chunk in chunks { page += chunk }
        return page
    }

    /// Returns the entries of ``page(offset:limit:)`` in parts that are not empty. They share the memory of the selection, so no reference
    /// to an entry is counted.
    public func chunks(offset: Int, limit: Int) -> [ArraySlice<Entry>] {
        let offset = max(offset, 0)
        return order.chunks(from: offset, count: min(max(limit, 0), max(count - offset, 0)))
    }

    /// The entries, by name, then by id.
    public var entries: some Sequence<Entry> & Sendable { order.entries(from: 0) }
}

extension Table {
    /// All entries, listed by name.
    public var all: TableSelection { TableSelection(order, count: count) }

    /// Returns a page of all entries; see ``TableSelection/page(offset:limit:)``.
    public func page(offset: Int, limit: Int) -> [Entry] { all.page(offset: offset, limit: limit) }
}

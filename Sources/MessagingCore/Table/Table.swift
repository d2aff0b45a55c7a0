import HashTreeCollections
import MessagingContract

/// Entries, found by id and listed by name, as a value. Copying it costs nothing, and a change to one copy changes no other.
///
/// Ids and names are compared by their UTF-8 bytes, and both may be any string. The cost of a change grows with the logarithm of the number
/// of entries.
public struct Table: Sendable {
    private var byID: TreeDictionary<ExactString, Entry>
    private(set) var order: Order
    /// The bytes of memory that the entries take; see ``Entry/memory``.
    private(set) var memory: Int

    /// Creates an empty table.
    public init() { self.init(byID: [:], order: Order(), memory: 0) }

    /// Creates a table of entries, for ``TableBuilder``. The order has exactly these entries, and `memory` is the sum of their memory.
    init(byID: TreeDictionary<ExactString, Entry>, order: Order, memory: Int) {
        self.byID = byID
        self.order = order
        self.memory = memory
    }

    /// The number of entries.
    public var count: Int { byID.count }

    /// The entry with this id, or nil if there is none. O(1).
    public subscript(id: String) -> Entry? { byID[ExactString(id)] }

    /// Adds an entry. Replaces an entry with the same id, and returns the replaced one.
    @discardableResult
    public mutating func insert(_ entry: Entry) -> Entry? {
        let replaced = byID.updateValue(entry, forKey: ExactString(entry.id))
        memory += entry.memory - (replaced?.memory ?? 0)
        guard let replaced else {
            order.insert(entry)
            return nil
        }
        if replaced.name.hasSameScalars(as: entry.name) {
            order.replace(replaced, with: entry)
        } else {
            order.remove(replaced)
            order.insert(entry)
        }
        return replaced
    }

    /// Removes the entry with this id and returns it, or nil if there is none.
    @discardableResult
    public mutating func remove(_ id: String) -> Entry? {
        guard let removed = byID.removeValue(forKey: ExactString(id)) else { return nil }
        memory -= removed.memory
        order.remove(removed)
        return removed
    }

    /// All entries, by name, then by id.
    public var entries: some Sequence<Entry> & Sendable { all.entries }
}

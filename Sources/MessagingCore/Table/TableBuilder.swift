import HashTreeCollections
import MessagingContract

/// A ``Table`` that is built from very many entries in short steps, which take O(n log n) together.
struct TableBuilder {
    /// The number of names for which one step makes keys.
    private static let namesOfStep = 1_024

    /// The first eight bytes of a name after the bytes that all names share, and the index of its entry. These bytes distinguish most pairs
    /// of names.
    private struct Key {
        let bytes: UInt64
        let index: Int
    }

    /// The table, complete after the last step.
    private(set) var table = Table()
    private var byID: TreeDictionary<ExactString, Entry> = [:]
    private var memory = 0
    private var entries: [Entry] = []
    /// The number of bytes at the beginning that all names share.
    private var shared = 0
    /// The number of entries that have a key.
    private var keyed = 0
    /// The keys, after the first step.
    private var keys: SortedRuns<Key>?
    private var isDone = false

    /// Adds an entry, before the first step. Of several with the same id, the last one counts.
    mutating func add(_ entry: Entry) {
        let replaced = byID.updateValue(entry, forKey: ExactString(entry.id))
        memory += entry.memory - (replaced?.memory ?? 0)
        append(entry)
    }

    private mutating func append(_ entry: Entry) {
        if let first = entries.first {
            if shared > 0 { shared = min(shared, first.name.sharedBytes(with: entry.name)) }
        } else {
            shared = entry.name.utf8.count
        }
        entries.append(entry)
    }

    /// Does one step of the remaining work, after all entries were added. Returns false if no work is left.
    mutating func step() -> Bool {
        if isDone { return false }
        guard var keys else {
            start()
            return true
        }
        self.keys = nil
        if keyed < entries.count {
            let end = min(keyed + Self.namesOfStep, entries.count)
            keys.append((keyed..<end).map { Key(bytes: entries[$0].name.eightBytes(from: shared), index: $0) })
            keyed = end
            self.keys = keys
        } else if keys.step() {
            self.keys = keys
        } else {
            let order = Order(ascending: keys.removeAll().map { entries[$0.index] })
            table = Table(byID: byID, order: order, memory: memory)
            (byID, entries) = ([:], [])
            isDone = true
        }
        return true
    }

    private mutating func start() {
        if entries.count > byID.count {
            entries = []
            for entry in byID.values { append(entry) }
        }
        keys = SortedRuns { [entries] left, right in
            left.bytes == right.bytes ? entries[left.index].precedes(entries[right.index]) : left.bytes < right.bytes
        }
    }
}

extension Table {
    /// Creates a table of these entries, in O(n log n). Of several with the same id, the last one counts.
    public init(_ entries: some Sequence<Entry>) {
        var builder = TableBuilder()
        for entry in entries { builder.add(entry) }
        while builder.step() {}
        self = builder.table
    }
}

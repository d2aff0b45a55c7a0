import HashTreeCollections

/// A ``Table`` that is built in short steps from very many entries, in O(n log n) in all.
struct TableBuilder {
    /// How many names one step compares.
    private static let namesOfStep = 1_024

    /// The eight bytes of a name after the bytes that all names begin with, and the place with that name. These eight bytes distinguish
    /// most pairs of names.
    private struct Key {
        let bytes: UInt64
        let index: Int
    }

    /// The table, after the last step.
    private(set) var table = Table()
    private var byID: TreeDictionary<EntryID, Entry> = [:]
    private var memory = 0
    private var places: [Place] = []
    /// How many bytes all names begin with.
    private var shared = 0
    /// How many places have a key.
    private var keyed = 0
    /// The keys, once the first step has been done.
    private var keys: SortedRuns<Key>?
    private var isDone = false

    /// Adds an entry, before the first step; of several with the same id the last one counts.
    mutating func add(_ entry: Entry) {
        let replaced = byID.updateValue(entry, forKey: EntryID(entry.id))
        memory += entry.memory - (replaced?.memory ?? 0)
        add(Place(of: entry))
    }

    private mutating func add(_ place: Place) {
        if let first = places.first {
            if shared > 0 { shared = min(shared, first.name.sharedBytes(with: place.name)) }
        } else {
            shared = place.name.utf8.count
        }
        places.append(place)
    }

    /// Does one step of the work that is left when all entries are added; false when nothing is left to do.
    mutating func step() -> Bool {
        if isDone { return false }
        guard var keys else {
            start()
            return true
        }
        self.keys = nil
        if keyed < places.count {
            let end = min(keyed + Self.namesOfStep, places.count)
            keys.append((keyed..<end).map { Key(bytes: places[$0].name.eightBytes(from: shared), index: $0) })
            keyed = end
            self.keys = keys
        } else if keys.step() {
            self.keys = keys
        } else {
            let order = Order(ascending: keys.removeAll().map { places[$0.index] })
            table = Table(byID: byID, order: order, memory: memory)
            (byID, places) = ([:], [])
            isDone = true
        }
        return true
    }

    private mutating func start() {
        if places.count > byID.count {
            places = []
            for entry in byID.values { add(Place(of: entry)) }
        }
        keys = SortedRuns { [places] left, right in
            left.bytes == right.bytes ? places[left.index] < places[right.index] : left.bytes < right.bytes
        }
    }
}

extension Table {
    /// A table of these entries, in O(n log n); of several with the same id the last one counts.
    public init(_ entries: some Sequence<Entry>) {
        var builder = TableBuilder()
        for entry in entries { builder.add(entry) }
        while builder.step() {}
        self = builder.table
    }
}

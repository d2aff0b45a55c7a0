/// Entries in ascending order, see ``Entry/precedes(_:)``: a tree of sorted chunks. Its copies share their common parts.
///
/// Inserting, replacing and removing an entry take O(log n), like finding the entry at a position.
struct Order: Sendable {
    private(set) var root = OrderNode.leaf([])

    init() {}

    /// Creates the order of ascending, distinct entries, in O(n).
    init(ascending entries: [Entry]) {
        var nodes = entries.chunks(ofAtMost: OrderNode.roomyLeaf).map(OrderNode.leaf)
        while nodes.count > 1 {
            nodes = nodes.map(OrderNode.Child.init).chunks(ofAtMost: OrderNode.roomyBranch).map(OrderNode.branch)
        }
        root = nodes.first ?? .leaf([])
    }

    /// Adds an entry. None with its name and id is in the order yet.
    mutating func insert(_ entry: Entry) {
        if let right = root.insert(entry) {
            root = .branch([OrderNode.Child(root), OrderNode.Child(right)])
        }
    }

    /// Puts an entry in the place of one with the same name and id, if that very object is in the order.
    mutating func replace(_ entry: Entry, with other: Entry) {
        let node = root.replacing(entry, with: other)
        assert(node != nil, "the order does not have the entry")
        if let node { root = node }
    }

    /// Removes an entry, if that very object is in the order.
    mutating func remove(_ entry: Entry) {
        let isRemoved = root.remove(entry)
        assert(isRemoved, "the order does not have the entry")
        if case .branch(let children) = root, children.count == 1, let only = children.first {
            root = only.node
        }
    }

    /// Returns the entries from a position on. The position counts from 0 and is not negative. There are none past the end.
    func entries(from position: Int) -> Entries { Entries(root: root, position: position) }

    /// Returns at most `count` entries from a position on, like ``entries(from:)``, as parts of their chunks.
    func chunks(from position: Int, count: Int) -> [ArraySlice<Entry>] {
        var chunks: [ArraySlice<Entry>] = []
        var (position, rest) = (position, count)
        while rest > 0 {
            let chunk = root.chunk(from: position).prefix(rest)
            if chunk.isEmpty { break }
            chunks.append(chunk)
            position += chunk.count
            rest -= chunk.count
        }
        return chunks
    }

    /// Entries in ascending order, read one chunk at a time.
    struct Entries: Sequence, IteratorProtocol, Sendable {
        private let root: OrderNode
        private var position: Int
        private var chunk: ArraySlice<Entry> = []

        init(root: OrderNode, position: Int) {
            self.root = root
            self.position = position
        }

        mutating func next() -> Entry? {
            if chunk.isEmpty {
                chunk = root.chunk(from: position)
                position += chunk.count
            }
            return chunk.popFirst()
        }
    }
}

extension Array {
    /// Returns the elements in as few chunks as the limit allows, all of nearly the same size.
    fileprivate func chunks(ofAtMost limit: Int) -> [[Element]] {
        let number = (count + limit - 1) / limit
        return (0..<number).map { Array(self[count * $0 / number..<count * ($0 + 1) / number]) }
    }
}

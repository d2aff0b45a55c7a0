/// The places of a table's entries in ascending order: a tree of sorted chunks. Its copies share their common parts.
///
/// Finding, inserting and removing a place take O(log n), like finding the place at a position.
struct Order: Sendable {
    private(set) var root = OrderNode.leaf([])

    init() {}

    /// Creates the order of ascending, distinct places, in O(n).
    init(ascending places: [Place]) {
        var nodes = places.chunks(ofAtMost: OrderNode.roomyLeaf).map(OrderNode.leaf)
        while nodes.count > 1 {
            nodes = nodes.map(OrderNode.Child.init).chunks(ofAtMost: OrderNode.roomyBranch).map(OrderNode.branch)
        }
        root = nodes.first ?? .leaf([])
    }

    /// Adds a place that is not in the order yet.
    mutating func insert(_ place: Place) {
        if let right = root.insert(place) {
            root = .branch([OrderNode.Child(root), OrderNode.Child(right)])
        }
    }

    /// Removes a place, if it is in the order.
    mutating func remove(_ place: Place) {
        _ = root.remove(place)
        if case .branch(let children) = root, children.count == 1, let only = children.first {
            root = only.node
        }
    }

    /// Returns the places from a position on. The position counts from 0 and is not negative. There are none past the end.
    func places(from position: Int) -> Places { Places(root: root, position: position) }

    /// Places in ascending order, read one chunk at a time.
    struct Places: Sequence, IteratorProtocol, Sendable {
        private let root: OrderNode
        private var position: Int
        private var chunk: ArraySlice<Place> = []

        init(root: OrderNode, position: Int) {
            self.root = root
            self.position = position
        }

        mutating func next() -> Place? {
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

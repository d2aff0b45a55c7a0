/// The places of a table's entries in ascending order: a tree of sorted chunks whose copies share what they have in common.
///
/// Finding, inserting and removing a place, and finding the one at a position, cost O(log n).
struct Order: Sendable {
    private(set) var root = OrderNode.leaf([])

    init() {}

    /// The order of places that are ascending and distinct already, in O(n).
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

    /// Takes a place out; nothing happens when it is not in the order.
    mutating func remove(_ place: Place) {
        _ = root.remove(place)
        if case .branch(let children) = root, children.count == 1, let only = children.first {
            root = only.node
        }
    }

    /// The places from a position on, counted from 0 and not negative; none when it is past the end.
    func places(from position: Int) -> Places { Places(root: root, position: position) }

    /// Places in ascending order, a chunk at a time.
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
    /// The elements in as few chunks as the limit allows, all of nearly the same size.
    fileprivate func chunks(ofAtMost limit: Int) -> [[Element]] {
        let number = (count + limit - 1) / limit
        return (0..<number).map { Array(self[count * $0 / number..<count * ($0 + 1) / number]) }
    }
}

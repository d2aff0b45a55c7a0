/// A subtree of an ``Order``: a sorted chunk of places, or nodes of equal height side by side.
///
/// Below the root no node is empty, wider than its limit, or, after a removal, narrower than a quarter of its limit. It is a quarter and
/// not half, so that alternating inserts and removals do not alternately split and join.
enum OrderNode: Sendable {
    case leaf([Place])
    case branch([Child])

    /// A node below another one, with the number of places in it.
    struct Child: Sendable {
        var count: Int
        var node: OrderNode

        init(_ node: OrderNode) {
            self.count = node.count
            self.node = node
        }
    }

    static let leafLimit = 256
    static let branchLimit = 64

    /// The largest width of the nodes of a bulk load. It leaves room for inserts.
    static let roomyLeaf = 192
    static let roomyBranch = 48

    var count: Int {
        switch self {
        case .leaf(let places): places.count
        case .branch(let children): children.reduce(0) { $0 + $1.count }
        }
    }

    /// Returns the places from a position to the end of its chunk. There are none if the position is past the end.
    func chunk(from position: Int) -> ArraySlice<Place> {
        switch self {
        case .leaf(let places):
            return places.dropFirst(position)
        case .branch(let children):
            var rest = position
            for child in children {
                if rest < child.count { return child.node.chunk(from: rest) }
                rest -= child.count
            }
            return []
        }
    }

    /// Adds a place. Returns the part that was split off to the right if the node became too wide.
    mutating func insert(_ place: Place) -> OrderNode? {
        switch self {
        case .leaf(var places):
            self = .leaf([])
            places.insert(place, at: places.partitioningIndex { $0 < place })
            let right = places.splitUpperHalf(above: Self.leafLimit)
            self = .leaf(places)
            return right.map(OrderNode.leaf)
        case .branch(var children):
            self = .branch([])
            let index = Self.index(of: place, in: children)
            children[index].count += 1
            if let right = children[index].node.insert(place).map(Child.init) {
                children[index].count -= right.count
                children.insert(right, at: index + 1)
            }
            let right = children.splitUpperHalf(above: Self.branchLimit)
            self = .branch(children)
            return right.map(OrderNode.branch)
        }
    }

    /// Removes a place. Returns false if it is not in the node.
    mutating func remove(_ place: Place) -> Bool {
        switch self {
        case .leaf(var places):
            let index = places.partitioningIndex { $0 < place }
            guard index < places.count, places[index] == place else { return false }
            self = .leaf([])
            places.remove(at: index)
            self = .leaf(places)
            return true
        case .branch(var children):
            self = .branch([])
            defer { self = .branch(children) }
            let index = Self.index(of: place, in: children)
            guard children[index].node.remove(place) else { return false }
            children[index].count -= 1
            if children[index].node.isNarrow, children.count > 1 {
                let left = index == 0 ? 0 : index - 1
                children.replaceSubrange(left...left + 1, with: Self.join(children[left].node, children[left + 1].node))
            }
            return true
        }
    }

    private var isNarrow: Bool {
        switch self {
        case .leaf(let places): places.count < Self.leafLimit / 4
        case .branch(let children): children.count < Self.branchLimit / 4
        }
    }

    private var first: Place? {
        switch self {
        case .leaf(let places): places.isEmpty ? nil : places[0]
        case .branch(let children): children[0].node.first
        }
    }

    /// Returns the index of the child that has a place or is to get it: the last child that does not begin after it.
    private static func index(of place: Place, in children: [Child]) -> Int {
        let after = children.partitioningIndex { child in child.node.first.map { $0 <= place } ?? true }
        return max(after - 1, 0)
    }

    /// Returns two neighbors as one node, or as two of the same width if one would be too wide.
    private static func join(_ left: OrderNode, _ right: OrderNode) -> [Child] {
        switch (left, right) {
        case (.leaf(var places), .leaf(let more)):
            places += more
            let upper = places.splitUpperHalf(above: leafLimit)
            return [places, upper].compactMap { $0 }.map { Child(.leaf($0)) }
        case (.branch(var children), .branch(let more)):
            children += more
            let upper = children.splitUpperHalf(above: branchLimit)
            return [children, upper].compactMap { $0 }.map { Child(.branch($0)) }
        case (.leaf, .branch), (.branch, .leaf):
            return [Child(left), Child(right)]
        }
    }
}

extension Array {
    /// Returns the number of elements at the front that fulfill a condition, in O(log n). No element after one that fails may fulfill it.
    fileprivate func partitioningIndex(_ belongsBefore: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBefore(self[middle]) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Removes and returns the upper half if there are more elements than the limit.
    fileprivate mutating func splitUpperHalf(above limit: Int) -> [Element]? {
        guard count > limit else { return nil }
        let upper = Array(self[(count / 2)...])
        self = Array(self[..<(count / 2)])
        return upper
    }
}

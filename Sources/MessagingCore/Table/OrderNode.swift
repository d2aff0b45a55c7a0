/// A subtree of an ``Order``: a sorted chunk of entries, or nodes of equal height side by side.
///
/// Below the root no node is empty, wider than its limit, or, after a removal, narrower than a quarter of its limit. It is a quarter and
/// not half, so that alternating inserts and removals do not alternately split and join.
enum OrderNode: Sendable {
    case leaf([Entry])
    case branch([Child])

    /// A node below another one, with the number of entries in it.
    struct Child: Sendable {
        var count: Int
        var node: OrderNode

        init(_ node: OrderNode, count: Int) {
            self.count = count
            self.node = node
        }

        init(_ node: OrderNode) { self.init(node, count: node.count) }
    }

    /// The limits are small because a change copies one node of each height, and a copy counts a reference to everything in it.
    static let leafLimit = 16
    static let branchLimit = 16

    /// The largest width of the nodes of a bulk load. It leaves room for inserts.
    static let roomyLeaf = 12
    static let roomyBranch = 12

    var count: Int {
        switch self {
        case .leaf(let entries): entries.count
        case .branch(let children): children.reduce(0) { $0 + $1.count }
        }
    }

    /// Returns the entries from a position to the end of its chunk. There are none if the position is past the end.
    func chunk(from position: Int) -> ArraySlice<Entry> {
        switch self {
        case .leaf(let entries):
            return entries.dropFirst(position)
        case .branch(let children):
            var rest = position
            for child in children {
                if rest < child.count { return child.node.chunk(from: rest) }
                rest -= child.count
            }
            return []
        }
    }

    /// Adds an entry. Returns the part that was split off to the right if the node became too wide.
    mutating func insert(_ entry: Entry) -> OrderNode? {
        switch self {
        case .leaf(var entries):
            self = .leaf([])
            entries.insert(entry, at: entries.partitioningIndex { $0.precedes(entry) })
            let right = entries.splitUpperHalf(above: Self.leafLimit)
            self = .leaf(entries)
            return right.map(OrderNode.leaf)
        case .branch(var children):
            self = .branch([])
            let index = Self.index(of: entry, in: children)
            children[index].count += 1
            if let right = children[index].node.insert(entry).map(Child.init) {
                children[index].count -= right.count
                children.insert(right, at: index + 1)
            }
            let right = children.splitUpperHalf(above: Self.branchLimit)
            self = .branch(children)
            return right.map(OrderNode.branch)
        }
    }

    /// Returns the node with an entry in the place of one with the same name and id, or nil if that very object is not in the node.
    func replacing(_ entry: Entry, with other: Entry) -> OrderNode? {
        switch self {
        case .leaf(let entries):
            return entries.index(of: entry).map { .leaf(entries.replacing($0, with: other)) }
        case .branch(let children):
            let index = Self.index(of: entry, in: children)
            guard let node = children[index].node.replacing(entry, with: other) else { return nil }
            return .branch(children.replacing(index, with: Child(node, count: children[index].count)))
        }
    }

    /// Removes an entry. Returns false if it is not in the node.
    mutating func remove(_ entry: Entry) -> Bool {
        switch self {
        case .leaf(var entries):
            guard let index = entries.index(of: entry) else { return false }
            self = .leaf([])
            entries.remove(at: index)
            self = .leaf(entries)
            return true
        case .branch(var children):
            self = .branch([])
            defer { self = .branch(children) }
            let index = Self.index(of: entry, in: children)
            guard children[index].node.remove(entry) else { return false }
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
        case .leaf(let entries): entries.count < Self.leafLimit / 4
        case .branch(let children): children.count < Self.branchLimit / 4
        }
    }

    /// Returns whether the first entry comes after another one.
    private func begins(after entry: Entry) -> Bool {
        switch self {
        case .leaf(let entries): !entries.isEmpty && entry.precedes(entries[0])
        case .branch(let children): children[0].node.begins(after: entry)
        }
    }

    /// Returns the index of the child that has an entry or is to get it: the last child that does not begin after it.
    private static func index(of entry: Entry, in children: [Child]) -> Int {
        max(children.partitioningIndex { !$0.node.begins(after: entry) } - 1, 0)
    }

    /// Returns two neighbors as one node, or as two of the same width if one would be too wide.
    private static func join(_ left: OrderNode, _ right: OrderNode) -> [Child] {
        switch (left, right) {
        case (.leaf(var entries), .leaf(let more)):
            entries += more
            let upper = entries.splitUpperHalf(above: leafLimit)
            return [entries, upper].compactMap { $0 }.map { Child(.leaf($0)) }
        case (.branch(var children), .branch(let more)):
            children += more
            let upper = children.splitUpperHalf(above: branchLimit)
            return [children, upper].compactMap { $0 }.map { Child(.branch($0)) }
        case (.leaf, .branch), (.branch, .leaf):
            return [Child(left), Child(right)]
        }
    }
}

extension [Entry] {
    /// Returns the index of this very entry, or nil. No entry is read, so none is fetched from memory.
    fileprivate func index(of entry: Entry) -> Int? { firstIndex { $0 === entry } }
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

    /// Returns a copy with another element at an index. Assigning to a subscript allocates a second time in a debug build.
    fileprivate func replacing(_ index: Int, with element: Element) -> [Element] {
        var copy = self
        copy.withUnsafeMutableBufferPointer { $0[index] = element }
        return copy
    }

    /// Removes and returns the upper half if there are more elements than the limit.
    fileprivate mutating func splitUpperHalf(above limit: Int) -> [Element]? {
        guard count > limit else { return nil }
        let upper = Array(self[(count / 2)...])
        self = Array(self[..<(count / 2)])
        return upper
    }
}

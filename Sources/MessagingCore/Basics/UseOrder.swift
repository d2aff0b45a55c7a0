/// Values by key, in the order of their last use. Each operation on one value takes constant time.
struct UseOrder<Value: Sendable>: Sendable {
    /// What becomes of a value that is visited.
    enum Visit { case keep, remove, stop }

    private struct Node: Sendable {
        let key: String
        var value: Value
        /// The places of the value that was used before and of the one that was used after it.
        var older: Int?
        var newer: Int?
    }

    private var nodes: [Node?] = []
    private var places: [String: Int] = [:]
    private var free: [Int] = []
    private var oldest: Int?
    private var newest: Int?

    /// The number of values.
    var count: Int { places.count }

    /// The value of a key, which does not count as a use.
    subscript(key: String) -> Value? { places[key].flatMap { nodes[$0]?.value } }

    /// Returns the value of a key, which is the newest from now on.
    mutating func use(_ key: String) -> Value? {
        guard let place = places[key] else { return nil }
        moveToEnd(place)
        return nodes[place]?.value
    }

    /// Sets the value of a key, and returns the one before. A new value is the newest; one that replaces another keeps its place.
    @discardableResult
    mutating func set(_ value: Value, for key: String) -> Value? {
        if let place = places[key] {
            let before = nodes[place]?.value
            nodes[place]?.value = value
            return before
        }
        let node = Node(key: key, value: value, older: nil, newer: nil)
        let place = free.popLast() ?? nodes.count
        if place == nodes.count { nodes.append(node) } else { nodes[place] = node }
        places[key] = place
        append(place)
        return nil
    }

    /// Removes values, visiting them from the oldest on as `decide` says, and returns what was removed.
    mutating func removeOldest(_ decide: (String, Value) -> Visit) -> [Value] {
        var removed: [Value] = []
        var next = oldest
        while let place = next, let node = nodes[place] {
            switch decide(node.key, node.value) {
            case .keep: break
            case .stop: return removed
            case .remove:
                unlink(place)
                nodes[place] = nil
                places[node.key] = nil
                free.append(place)
                removed.append(node.value)
            }
            next = node.newer
        }
        return removed
    }

    private mutating func moveToEnd(_ place: Int) {
        if place == newest { return }
        unlink(place)
        append(place)
    }

    private mutating func append(_ place: Int) {
        nodes[place]?.older = newest
        nodes[place]?.newer = nil
        if let newest { nodes[newest]?.newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (nodes[place]?.older, nodes[place]?.newer)
        if let older { nodes[older]?.newer = newer } else { oldest = newer }
        if let newer { nodes[newer]?.older = older } else { newest = older }
    }
}

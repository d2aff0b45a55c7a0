/// Values by key, in the order of their last use. Each operation on one value takes constant time.
struct UseOrder<Value: Sendable>: Sendable {
    /// What to do with a visited value.
    enum Visit { case keep, remove, stop }

    /// The spot of a value, at which it is found without a look-up.
    struct Spot: Sendable {
        fileprivate let index: Int
        fileprivate let number: Int
    }

    private struct Node: Sendable {
        let key: String
        /// The number of nodes that were created before this one. Another node at the same index has another number.
        let number: Int
        var value: Value
        /// The places of the values that were used just before and just after this one.
        var older: Int?
        var newer: Int?
    }

    private var nodes: [Node?] = []
    private var places: [String: Int] = [:]
    private var free: [Int] = []
    private var created = 0
    private var oldest: Int?
    private var newest: Int?

    /// The number of values.
    var count: Int { places.count }

    /// The value of a key. Reading it does not count as a use.
    subscript(key: String) -> Value? { places[key].flatMap { nodes[$0]?.value } }

    /// Returns the value of a key, and makes it the newest.
    mutating func use(_ key: String) -> Value? {
        spot(of: key).flatMap { use($0) }
    }

    /// Returns the spot of the value of a key. It is valid until the value is removed.
    func spot(of key: String) -> Spot? {
        places[key].flatMap { index in nodes[index].map { Spot(index: index, number: $0.number) } }
    }

    /// Returns the value at a spot, and makes it the newest. Returns nil if the value was removed.
    mutating func use(_ spot: Spot) -> Value? {
        guard nodes[spot.index]?.number == spot.number else { return nil }
        moveToEnd(spot.index)
        return nodes[spot.index]?.value
    }

    /// Sets the value of a key and returns the previous value. A new value is the newest. A replaced value keeps its place.
    @discardableResult
    mutating func set(_ value: Value, for key: String) -> Value? {
        if let place = places[key] {
            let before = nodes[place]?.value
            nodes[place]?.value = value
            return before
        }
        let node = Node(key: key, number: created, value: value, older: nil, newer: nil)
        created += 1
        let place = free.popLast() ?? nodes.count
        if place == nodes.count { nodes.append(node) } else { nodes[place] = node }
        places[key] = place
        append(place)
        return nil
    }

    /// Visits at most `most` values from the oldest on, removes those for which `decide` returns `.remove`, and returns the removed values. A
    /// value that is kept becomes the newest.
    mutating func removeOldest(visiting most: Int, _ decide: (String, Value) -> Visit) -> [Value] {
        var removed: [Value] = []
        var next = oldest
        for _ in 0..<min(most, count) {
            guard let place = next, let node = nodes[place] else { break }
            switch decide(node.key, node.value) {
            case .keep: moveToEnd(place)
            case .stop: return removed
            case .remove:
                remove(at: place, node.key)
                removed.append(node.value)
            }
            next = node.newer
        }
        return removed
    }

    /// Removes the value of a key, and returns it.
    mutating func remove(_ key: String) -> Value? {
        guard let place = places[key] else { return nil }
        let value = nodes[place]?.value
        remove(at: place, key)
        return value
    }

    private mutating func remove(at place: Int, _ key: String) {
        unlink(place)
        nodes[place] = nil
        places[key] = nil
        free.append(place)
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

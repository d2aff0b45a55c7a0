/// The writes of one organization that wait for their turn.
struct WriteQueue {
    /// The most writes in a commit.
    static let largestBatch = 512
    /// The cost at which a commit ends. The write that reaches it is the last one.
    static let commitCost = 1 << 20

    /// Writes that have their turn.
    struct Group {
        let writes: ArraySlice<any PendingWrite>
        /// The cost of the one that costs most.
        let dearest: Int
    }

    private var writes: [any PendingWrite] = []

    var isEmpty: Bool { writes.isEmpty }
    var count: Int { writes.count }

    /// Adds a write behind the others, or before them when it goes first.
    mutating func append(_ write: any PendingWrite) {
        if write.turn.isFirst { writes.insert(write, at: 0) } else { writes.append(write) }
    }

    /// Puts writes back before the others.
    mutating func putBack(_ again: some Collection<any PendingWrite>) { writes.insert(contentsOf: again, at: 0) }

    /// Takes all writes.
    mutating func removeAll() -> [any PendingWrite] {
        defer { writes = [] }
        return writes
    }

    /// Takes the writes of the next commit, whose costs depend on the objects of the organization as it is.
    mutating func next(_ organization: Organization) -> Group {
        var (count, total, dearest) = (0, 0, 0)
        while count < min(writes.count, Self.largestBatch), total < Self.commitCost {
            let cost = writes[count].turn.cost(in: organization)
            dearest = max(dearest, cost)
            total += cost
            count += 1
        }
        let taken = writes[..<count]
        writes = count == writes.count ? [] : Array(writes[count...])
        return Group(writes: taken, dearest: dearest)
    }
}

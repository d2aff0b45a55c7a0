/// The waiting writes of one organization.
struct WriteQueue {
    /// The largest number of writes in a commit.
    static let largestBatch = 512
    /// The cost at which a commit takes no more writes. The write that reaches it is the last one.
    static let commitCost = 1 << 20

    /// The writes of one commit.
    struct Group {
        let writes: ArraySlice<PendingWrite>
        /// The cost of the most expensive write.
        let dearest: Int
    }

    private var writes: [PendingWrite] = []

    var isEmpty: Bool { writes.isEmpty }
    var count: Int { writes.count }

    /// Adds a write behind the others, or before them if it precedes all others.
    mutating func append(_ write: PendingWrite) {
        if write.turn.isFirst { writes.insert(write, at: 0) } else { writes.append(write) }
    }

    /// Puts writes back before the others.
    mutating func putBack(_ again: some Collection<PendingWrite>) { writes.insert(contentsOf: again, at: 0) }

    /// Removes all writes and returns them.
    mutating func removeAll() -> [PendingWrite] {
        defer { writes = [] }
        return writes
    }

    /// Removes the writes of the next commit and returns them. Their costs depend on the current objects of the organization.
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

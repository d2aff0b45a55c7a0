/// The writes that wait for their turn, by organization, and whose turn it is.
///
/// Turns are given by work: a round of writes has a bounded cost, and organizations that cost less so far come first. So a light write of one
/// organization waits for at most the round that runs, however many heavy writes of another one wait.
struct WriteQueue {
    /// The most writes of one organization in a round.
    static let largestBatch = 512
    /// The cost at which a round ends. The write that reaches it is the last one.
    static let roundCost = 1 << 20
    /// How far apart the costs of organizations may be that share a round.
    static let tolerance = 64 << 10

    /// Writes of one organization that have their turn.
    struct Group {
        let organization: String
        let writes: ArraySlice<any PendingWrite>
        /// What they seem to cost together, and the one that costs most.
        let cost: Int
        let dearest: Int
    }

    private var writes: [String: [any PendingWrite]] = [:]
    /// What the writes of an organization have cost so far, compared with those of others only.
    private var costs: [String: Int] = [:]
    /// The least cost of the organizations that waited in the last round: an organization that comes anew begins there.
    private var start = 0

    var isEmpty: Bool { writes.isEmpty }

    /// The number of all waiting writes.
    var count: Int { writes.values.reduce(0) { $0 + $1.count } }

    /// The organizations that have waiting writes, in no particular order.
    var organizations: some Collection<String> { writes.keys }

    /// Returns the number of an organization's waiting writes.
    func count(of organization: String) -> Int { writes[organization]?.count ?? 0 }

    /// Adds a write behind the others of its organization, or before them when it goes first.
    mutating func append(_ write: any PendingWrite, of organization: String) {
        enter(organization)
        if write.turn.isFirst {
            writes[organization, default: []].insert(write, at: 0)
        } else {
            writes[organization, default: []].append(write)
        }
    }

    /// Puts writes back before the others of their organization.
    mutating func putBack(_ again: some Collection<any PendingWrite>, of organization: String) {
        if again.isEmpty { return }
        enter(organization)
        writes[organization, default: []].insert(contentsOf: again, at: 0)
    }

    /// Takes all writes of an organization.
    mutating func removeAll(of organization: String) -> [any PendingWrite] {
        writes.removeValue(forKey: organization) ?? []
    }

    /// Takes all writes.
    mutating func removeAll() -> [any PendingWrite] {
        defer { self = WriteQueue() }
        return Array(writes.values.joined())
    }

    /// Corrects what an organization with waiting writes has cost: its writes cost more or less than they seemed to.
    mutating func charge(_ organization: String, _ cost: Int) {
        guard writes[organization] != nil else { return }
        costs[organization] = max(start, (costs[organization] ?? start) + cost)
    }

    /// Takes the writes of the next round, at most one group for each organization that is `ready`. Empty when none of these waits.
    /// `known` gives an organization as it is, for the cost of its writes; nil when it is not in memory.
    mutating func nextRound(ready: (String) -> Bool, known: (String) -> Organization?) -> [Group] {
        defer { forgetCosts() }
        // Mostly nobody else waits.
        if writes.count == 1, let id = writes.keys.first {
            guard ready(id) else { return [] }
            start = costs[id] ?? start
            return [take(id, upTo: Self.roundCost, known)]
        }
        let waiting = writes.keys.filter(ready).map { (cost: costs[$0] ?? start, id: $0) }.sorted { $0 < $1 }
        guard let least = waiting.first?.cost else { return [] }
        start = least
        var round: [Group] = []
        var total = 0
        for (cost, id) in waiting where cost - least <= Self.tolerance && total < Self.roundCost {
            let group = take(id, upTo: Self.roundCost - total, known)
            total += group.cost
            round.append(group)
        }
        return round
    }

    private mutating func enter(_ organization: String) {
        if writes[organization] == nil { costs[organization] = max(costs[organization] ?? start, start) }
    }

    /// Takes the first writes of an organization, and adds what they cost to its costs.
    private mutating func take(_ id: String, upTo limit: Int, _ known: (String) -> Organization?) -> Group {
        guard let all = writes[id] else { return Group(organization: id, writes: [], cost: 0, dearest: 0) }
        let organization = known(id)
        var (count, total, dearest) = (0, 0, 0)
        while count < min(all.count, Self.largestBatch), total < limit {
            let cost = all[count].turn.cost(in: organization)
            dearest = max(dearest, cost)
            total += cost
            count += 1
        }
        costs[id] = (costs[id] ?? start) + total
        writes[id] = count == all.count ? nil : Array(all[count...])
        return Group(organization: id, writes: all[..<count], cost: total, dearest: dearest)
    }

    /// Forgets what says nothing any more: with nobody waiting, everybody begins anew.
    private mutating func forgetCosts() {
        if writes.isEmpty {
            costs.removeAll(keepingCapacity: true)
            start = 0
        } else if costs.count > 2 * writes.count + 64 {
            costs = costs.filter { writes[$0.key] != nil || $0.value > start }
        }
    }
}

import MessagingContract

/// ``References`` that are built in short steps from very many integrations, in O(n).
struct ReferencesBuilder {
    /// The number of entries that one step reads.
    private static let entriesOfStep = 1_024

    /// The references, after the last step.
    private(set) var references = References()
    /// The targets of the last integration. Most neighbors have the same targets and share one array.
    private var last: [References.Target] = []
    private var rest: Order.Entries?
    private var users: [(target: References.Target, entries: [Entry])] = []
    /// The index in `users` of each target, and those of the targets in ``last``.
    private var indexes: [References.Target: Int] = [:]
    private var indexesOfLast: [Int] = []

    /// Adds an integration, before the first step.
    mutating func add(_ integration: String, _ members: JSON.Object) {
        let targets = References.Target.all(of: members)
        if targets != last { last = targets }
        references.load(last, of: integration)
    }

    /// Does one step of the remaining work, after all integrations were added and are in a table. Takes over the order of that table.
    /// Returns false if no work is left.
    mutating func step(_ integrations: Table) -> Bool {
        guard var rest else {
            self.rest = integrations.order.entries(from: 0)
            last = []
            return true
        }
        var count = 0
        while count < Self.entriesOfStep, let entry = rest.next() {
            add(entry)
            count += 1
        }
        self.rest = rest
        if count > 0 { return true }
        guard let (target, entries) = users.popLast() else { return false }
        references.load(Order(ascending: entries), using: target)
        return true
    }

    private mutating func add(_ entry: Entry) {
        let targets = references.targets(of: entry.id)
        if targets != last {
            last = targets
            indexesOfLast = targets.map { index(of: $0) }
        }
        for index in indexesOfLast { users[index].entries.append(entry) }
    }

    private mutating func index(of target: References.Target) -> Int {
        if let index = indexes[target] { return index }
        indexes[target] = users.count
        users.append((target, []))
        return users.count - 1
    }
}

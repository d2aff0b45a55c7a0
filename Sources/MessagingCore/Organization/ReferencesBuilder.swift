import MessagingContract

/// ``References`` that are built in short steps from very many integrations, in O(n).
struct ReferencesBuilder {
    /// The number of places that one step reads.
    private static let placesOfStep = 1_024

    /// The references, after the last step.
    private(set) var references = References()
    /// The targets of the last integration. Most neighbors have the same targets and share one array.
    private var last: [References.Target] = []
    private var rest: Order.Places?
    private var users: [(target: References.Target, places: [Place])] = []
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
            self.rest = integrations.order.places(from: 0)
            last = []
            return true
        }
        var count = 0
        while count < Self.placesOfStep, let place = rest.next() {
            add(place)
            count += 1
        }
        self.rest = rest
        if count > 0 { return true }
        guard let (target, places) = users.popLast() else { return false }
        references.load(Order(ascending: places), using: target)
        return true
    }

    private mutating func add(_ place: Place) {
        let targets = references.targets(of: place.id)
        if targets != last {
            last = targets
            indexesOfLast = targets.map { index(of: $0) }
        }
        for index in indexesOfLast { users[index].places.append(place) }
    }

    private mutating func index(of target: References.Target) -> Int {
        if let index = indexes[target] { return index }
        indexes[target] = users.count
        users.append((target, []))
        return users.count - 1
    }
}

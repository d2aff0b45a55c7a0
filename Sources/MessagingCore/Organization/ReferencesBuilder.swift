import MessagingContract

/// ``References`` that are built in short steps from very many integrations, in O(n).
struct ReferencesBuilder {
    /// How many places one step looks at.
    private static let placesOfStep = 1_024

    /// The references, after the last step.
    private(set) var references = References()
    /// What the last integration refers to, which is what most of its neighbors refer to: they share one array.
    private var last: [References.Target] = []
    private var rest: Order.Places?
    private var users: [(target: References.Target, places: [Place])] = []
    /// Where in `users` a target is, and where those of ``last`` are.
    private var indexes: [References.Target: Int] = [:]
    private var indexesOfLast: [Int] = []

    /// Adds an integration, before the first step.
    mutating func add(_ integration: String, _ members: JSON.Object) {
        let targets = References.Target.all(of: members)
        if targets != last { last = targets }
        references.load(last, of: integration)
    }

    /// Does one step of the work that is left when all integrations are added and are in a table, whose order it takes over; false when
    /// nothing is left to do.
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

import HashTreeCollections
import MessagingContract

/// ``References`` that are built in short steps from very many integrations, in O(n log n) in all.
struct ReferencesBuilder {
    /// The references, after the last step.
    private(set) var references = References()
    private var grouped: [References.Target: TableBuilder] = [:]
    private var rest: [(target: References.Target, users: TableBuilder)] = []

    /// Adds an integration, before the first step.
    mutating func add(_ entry: Entry, at place: Place, _ members: JSON.Object) {
        let targets = References.Target.all(of: members)
        references.load(targets, of: entry.id)
        for target in targets { grouped[target, default: TableBuilder()].add(entry, at: place) }
    }

    /// Does one step of the work that is left when all integrations are added; false when nothing is left to do.
    mutating func step() -> Bool {
        if !grouped.isEmpty {
            rest = grouped.map { ($0.key, $0.value) }
            grouped = [:]
        }
        guard var last = rest.popLast() else { return false }
        if last.users.step() { rest.append(last) } else { references.load(last.users.table, using: last.target) }
        return true
    }
}

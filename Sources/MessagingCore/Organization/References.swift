import HashTreeCollections
import MessagingContract

/// Which integrations refer to which settings and profiles, as a value: a copy costs nothing.
struct References: Sendable {
    /// What is referred to.
    struct Target: Hashable, Sendable {
        let kind: RecordKind
        let id: EntryID

        init(_ kind: RecordKind, _ id: String) {
            self.kind = kind
            self.id = EntryID(id)
        }

        private static let kinds: [(member: String, kind: RecordKind)] = [
            ("supportedContent", .supportedContent), ("messagingSetting", .messagingSetting),
        ]
        /// The members of an integration that refer to something.
        static let members = kinds.map(\.member)

        /// Returns what an integration with these members refers to.
        static func all(of integration: JSON.Object) -> [Target] {
            kinds.compactMap { member, kind in (integration[member]?["id"]?.string).map { Target(kind, $0) } }
        }
    }

    private var targets: TreeDictionary<EntryID, [Target]> = [:]
    private var users: TreeDictionary<Target, Table> = [:]

    /// No references.
    init() {}

    /// Sets what an integration refers to, for ``ReferencesBuilder``.
    mutating func load(_ targets: [Target], of integration: String) {
        if !targets.isEmpty { self.targets.updateValue(targets, forKey: EntryID(integration)) }
    }

    /// Sets the integrations that refer to an object, for ``ReferencesBuilder``.
    mutating func load(_ table: Table, using target: Target) { users.updateValue(table, forKey: target) }

    /// The integrations that refer to an object.
    subscript(target: Target) -> Table { users[target] ?? Table() }

    /// What an integration refers to.
    func targets(of integration: String) -> [Target] { targets[EntryID(integration)] ?? [] }

    /// An integration is there, or is changed.
    mutating func insert(_ entry: Entry, _ members: JSON.Object) {
        remove(entry.id)
        let all = Target.all(of: members)
        load(all, of: entry.id)
        for target in all { users[target, default: Table()].insert(entry) }
    }

    /// An integration is there no more.
    mutating func remove(_ id: String) {
        for target in targets.removeValue(forKey: EntryID(id)) ?? [] {
            users[target]?.remove(id)
            if users[target]?.count == 0 { users.removeValue(forKey: target) }
        }
    }
}

extension Organization {
    /// The integrations that an object is assigned to.
    public func integrations<R: Resource>(using type: R.Type, _ id: String) -> Table {
        references[References.Target(R.kind, id)]
    }
}

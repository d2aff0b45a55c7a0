import HashTreeCollections
import MessagingContract

/// The references from integrations to settings and profiles, as a value. Copying it costs nothing.
struct References: Sendable {
    /// An object to which integrations refer.
    struct Target: Hashable, Sendable {
        let kind: RecordKind
        let id: ExactString

        init(_ kind: RecordKind, _ id: String) {
            self.kind = kind
            self.id = ExactString(id)
        }

        private static let kinds: [(member: String, kind: RecordKind)] = [
            ("supportedContent", .supportedContent), ("messagingSetting", .messagingSetting),
        ]
        /// The members of an integration that are references.
        static let members = kinds.map(\.member)

        /// Returns the targets of an integration with these members.
        static func all(of integration: JSON.Object) -> [Target] {
            kinds.compactMap { member, kind in (integration[member]?["id"]?.string).map { Target(kind, $0) } }
        }
    }

    private var targets: TreeDictionary<ExactString, [Target]> = [:]
    private var users: TreeDictionary<Target, Order> = [:]

    /// Creates a value without references.
    init() {}

    /// Sets the targets of an integration, for ``ReferencesBuilder``.
    mutating func load(_ targets: [Target], of integration: String) {
        if !targets.isEmpty { self.targets.updateValue(targets, forKey: ExactString(integration)) }
    }

    /// Sets the integrations that refer to an object, for ``ReferencesBuilder``.
    mutating func load(_ order: Order, using target: Target) { users.updateValue(order, forKey: target) }

    /// The integrations that refer to an object, in the order of lists.
    subscript(target: Target) -> Order { users[target] ?? Order() }

    /// Returns the targets of an integration.
    func targets(of integration: String) -> [Target] { targets[ExactString(integration)] ?? [] }

    /// Applies a change of an integration.
    mutating func follow(_ change: IndexedChange) {
        if let before = change.before { remove(before) }
        guard let after = change.after else { return }
        let all = Target.all(of: after.json.object ?? [:])
        load(all, of: after.entry.id)
        for target in all { users[target, default: Order()].insert(after.entry) }
    }

    private mutating func remove(_ entry: Entry) {
        for target in targets.removeValue(forKey: ExactString(entry.id)) ?? [] {
            users[target]?.remove(entry)
            if users[target]?.root.count == 0 { users.removeValue(forKey: target) }
        }
    }
}

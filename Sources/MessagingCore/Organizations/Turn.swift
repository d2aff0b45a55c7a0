/// The cost of a write and its precedence, which decide when its turn comes.
public struct Turn: Sendable {
    /// The approximate number of bytes that the rule reads and writes besides those of ``object``.
    public var bytes: Int
    /// The object that the rule changes; nil if it changes no existing object. The size of the object is taken when the turn comes.
    public var object: (kind: RecordKind, id: String)?
    /// Whether the write precedes all others of its organization, and is accepted regardless of the number of waiting writes.
    public var isFirst: Bool

    /// Creates a turn of a write of so many bytes.
    public init(bytes: Int = 0, changing object: (kind: RecordKind, id: String)? = nil, isFirst: Bool = false) {
        self.bytes = bytes
        self.object = object
        self.isFirst = isFirst
    }

    /// The fixed cost of a write, besides its bytes.
    static let leastCost = 1_024

    /// Returns the cost of the write in an organization, in bytes that are read, encoded and stored. The object counts three times: its
    /// record, and both its versions in the history.
    func cost(in organization: Organization) -> Int {
        let changed = object.flatMap { organization[$0.kind][$0.id]?.bytes.count } ?? 0
        return Self.leastCost + bytes + 3 * changed
    }
}

extension Step {
    /// The cost of the changes, in the measure of ``Turn/cost(in:)``.
    var cost: Int {
        changes.reduce(Turn.leastCost) { $0 + ($1.before?.count ?? 0) + 2 * ($1.after?.count ?? 0) }
    }
}

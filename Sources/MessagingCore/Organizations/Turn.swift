/// What the turn of a write depends on: what it costs, and whether it goes first.
public struct Turn: Sendable {
    /// About how many bytes the rule reads and writes beside those of ``object``.
    public var bytes: Int
    /// The object that the rule changes. Its bytes count as they are when the turn comes.
    public var object: (kind: RecordKind, id: String)?
    /// Whether the write goes before all others of its organization, and is taken however many wait.
    public var isFirst: Bool

    /// A turn of a write of so many bytes.
    public init(bytes: Int = 0, changing object: (kind: RecordKind, id: String)? = nil, isFirst: Bool = false) {
        self.bytes = bytes
        self.object = object
        self.isFirst = isFirst
    }

    /// What a write costs beside the bytes that it is about.
    static let leastCost = 1_024

    /// Returns what the write costs in an organization as it is, in bytes that are read, encoded and stored: the object as it is, and in
    /// the history as it was and as it becomes.
    func cost(in organization: Organization) -> Int {
        let changed = object.flatMap { organization[$0.kind][$0.id]?.bytes.count } ?? 0
        return Self.leastCost + bytes + 3 * changed
    }
}

extension Step {
    /// What the changes cost that were made, in the measure of ``Turn/cost(in:)``.
    var cost: Int {
        changes.reduce(Turn.leastCost) { $0 + ($1.before?.count ?? 0) + 2 * ($1.after?.count ?? 0) }
    }
}

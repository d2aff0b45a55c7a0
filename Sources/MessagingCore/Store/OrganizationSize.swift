/// How many bytes an organization takes in a store, as the limit on them counts.
public struct OrganizationSize: Hashable, Sendable {
    /// The bytes of its records.
    public var records: Int
    /// The bytes of its history.
    public var history: Int

    /// A size of so many bytes.
    public init(records: Int = 0, history: Int = 0) {
        self.records = records
        self.history = history
    }

    /// Records and history together.
    public var total: Int { records + history }

    /// Adds what changes add, or take away.
    public mutating func apply(_ changes: [Change]) {
        for change in changes {
            records += change.recordBytes
            if !change.isInternal { history += change.historyBytes }
        }
    }
}

extension Record {
    /// The bytes that a record counts as beside its content: what its row takes.
    package static let overhead = 128
}

extension Change {
    /// The bytes that a change in the history counts as beside its content: what its row and its rows in indexes take.
    package static let overhead = 512

    /// The bytes that the change adds to the records; negative when it takes some away.
    package var recordBytes: Int {
        (after.map { $0.count + Record.overhead } ?? 0) - (before.map { $0.count + Record.overhead } ?? 0)
    }

    /// The bytes that the change counts as in the history.
    ///
    /// A deletion counts without its content, which was counted when it was written. So deleting an object makes room at once,
    /// and the store holds at most a small multiple of what is counted.
    package var historyBytes: Int {
        guard let after else { return Self.overhead }
        return after.count + (before?.count ?? 0) + Self.overhead
    }
}

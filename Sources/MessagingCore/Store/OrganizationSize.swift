/// The bytes that an organization takes in a store, as the limit counts them.
public struct OrganizationSize: Hashable, Sendable {
    /// The bytes of its records.
    public var records: Int
    /// The bytes of its history.
    public var history: Int

    /// Creates a size of these bytes.
    public init(records: Int = 0, history: Int = 0) {
        self.records = records
        self.history = history
    }

    /// The bytes of records and history together.
    public var total: Int { records + history }

    /// Adds the bytes that changes add, and subtracts those that they remove.
    public mutating func apply(_ changes: [Change]) {
        for change in changes {
            records += change.recordBytes
            if !change.isInternal { history += change.historyBytes }
        }
    }
}

extension Record {
    /// The bytes that a record counts besides its content, for its row.
    package static let overhead = 128
}

extension Change {
    /// The bytes that a change in the history counts besides its content, for its row and its rows in indexes.
    package static let overhead = 512

    /// The bytes that the change adds to the records; negative if it removes some.
    package var recordBytes: Int {
        (after.map { $0.count + Record.overhead } ?? 0) - (before.map { $0.count + Record.overhead } ?? 0)
    }

    /// The bytes that the change adds to the history.
    ///
    /// A deletion counts without its content, which was counted when it was written. So deleting an object makes room at once, and the
    /// store takes at most a small multiple of the counted bytes.
    package var historyBytes: Int {
        guard let after else { return Self.overhead }
        return after.count + (before?.count ?? 0) + Self.overhead
    }
}

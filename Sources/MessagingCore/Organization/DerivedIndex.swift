import MessagingContract

/// The index that an organization derives from the records of one kind: how a change updates it, and how a load builds it. It is a value of
/// the kind.
struct DerivedIndex: Sendable {
    /// The members that a load reads of each record, besides its name and version.
    var members: [String] = []
    /// Applies a change of a record. Throws if the record does not fit its kind.
    let follow: @Sendable (inout Indexes, IndexedChange) throws -> Void
    /// Adds a loaded record with the members that were read. Throws if the record does not fit its kind.
    var add: @Sendable (inout IndexesBuilder, Record, JSON.Object) throws -> Void = { _, _, _ in }
    /// Does one step of the remaining work, after all records were added to a table. Returns false if no work is left.
    var step: @Sendable (inout IndexesBuilder, Table) -> Bool = { _, _ in false }
}

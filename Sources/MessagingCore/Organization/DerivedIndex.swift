import MessagingContract

/// What an organization derives of the records of one kind, as a value that the kind has: how it follows changes, and how it is built
/// when an organization is loaded.
struct DerivedIndex: Sendable {
    /// The members that a load reads of each record, besides its name and version.
    var members: [String] = []
    /// Follows a change of a record. Throws when the record is not what its kind says.
    let follow: @Sendable (inout Indexes, IndexedChange) throws -> Void
    /// Adds a record that is loaded, with the members that were read. Throws when the record is not what its kind says.
    var add: @Sendable (inout IndexesBuilder, Record, JSON.Object) throws -> Void = { _, _, _ in }
    /// Does one step of the work that is left when all records are in a table; false when nothing is left to do.
    var step: @Sendable (inout IndexesBuilder, Table) -> Bool = { _, _ in false }
}

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

/// A change of a record, as an index follows it. A change of a kind that has no records has neither of the two.
struct IndexedChange {
    /// The record that was there.
    var before: Entry?
    /// The record that is there now.
    var after: (entry: Entry, json: JSON)?
    /// The revision of the change.
    let revision: Revision
}

/// All that an organization derives of its records.
struct Indexes: Sendable {
    /// The OAuth clients, and what they may do.
    var clients: ClientIndex
    /// The integrations that refer to each object.
    var references = References()
    /// The revocations of tokens.
    var revocations: RevocationIndex

    /// What is derived of no records, at a revision.
    init(at revision: Revision) {
        clients = ClientIndex(at: revision)
        revocations = RevocationIndex(lastRevision: revision)
    }
}

/// ``Indexes`` that are built in short steps from very many records.
struct IndexesBuilder {
    var clients: ClientIndex
    var references = ReferencesBuilder()
    private let revision: Revision

    init(at revision: Revision) {
        self.revision = revision
        clients = ClientIndex(at: revision)
    }

    /// What was built, after the last step.
    var indexes: Indexes {
        var indexes = Indexes(at: revision)
        indexes.clients = clients
        indexes.references = references.references
        return indexes
    }
}

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

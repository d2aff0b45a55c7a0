import MessagingContract

/// All indexes that an organization derives from its records.
struct Indexes: Sendable {
    /// The OAuth clients, with their permissions.
    var clients: ClientIndex
    /// The integrations that refer to each object.
    var references = References()
    /// An upper bound of the last revision in which a token was revoked.
    var lastRevocation: Revision

    /// Creates indexes of no records, at a revision.
    init(at revision: Revision) {
        clients = ClientIndex(at: revision)
        lastRevocation = revision
    }
}

/// ``Indexes`` that are built in short steps from very many records.
struct IndexesBuilder {
    /// The indexes so far. They have no references before the last step.
    private(set) var indexes: Indexes
    private var references = ReferencesBuilder()

    /// Creates a builder of indexes at a revision.
    init(at revision: Revision) { indexes = Indexes(at: revision) }

    /// Adds the client of a record.
    mutating func add(_ client: OAuthClient, _ id: String) { indexes.clients.set(client, id) }

    /// Adds an integration with the members that were read of it.
    mutating func add(integration id: String, _ members: JSON.Object) { references.add(id, members) }

    /// Does one step of the remaining work on references, after all integrations were added to a table. Returns false if no work is left.
    mutating func step(_ integrations: Table) -> Bool {
        if references.step(integrations) { return true }
        indexes.references = references.references
        return false
    }
}

import MessagingContract

/// All that an organization derives of its records.
struct Indexes: Sendable {
    /// The OAuth clients, and what they may do.
    var clients: ClientIndex
    /// The integrations that refer to each object.
    var references = References()
    /// The last revision in which a token was revoked, or a later one.
    var lastRevocation: Revision

    /// What is derived of no records, at a revision.
    init(at revision: Revision) {
        clients = ClientIndex(at: revision)
        lastRevocation = revision
    }
}

/// ``Indexes`` that are built in short steps from very many records.
struct IndexesBuilder {
    /// What was built so far, without the references until the last step.
    private(set) var indexes: Indexes
    private var references = ReferencesBuilder()

    /// Creates a builder of what is derived at a revision.
    init(at revision: Revision) { indexes = Indexes(at: revision) }

    /// Adds a client of a record.
    mutating func add(_ client: OAuthClient, _ id: String) { indexes.clients.set(client, id) }

    /// Adds an integration with the members that it was read for.
    mutating func add(integration id: String, _ members: JSON.Object) { references.add(id, members) }

    /// Does one step of the work on references that is left when all integrations are in a table; false when nothing is left to do.
    mutating func step(_ integrations: Table) -> Bool {
        if references.step(integrations) { return true }
        indexes.references = references.references
        return false
    }
}

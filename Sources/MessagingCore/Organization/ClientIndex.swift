import MessagingContract

/// The OAuth clients of an organization, and what each may do.
struct ClientIndex: Sendable {
    /// The clients by id, decoded.
    private(set) var clients: [String: OAuthClient] = [:]
    /// The permissions of each client.
    private(set) var grants: [String: Set<Permission>] = [:]
    /// The last revision in which a client changed, or a later one.
    private(set) var lastRevision: Revision

    /// No clients, at a revision.
    init(at revision: Revision) { lastRevision = revision }

    /// Adds the client of a record, or replaces it.
    mutating func set(_ client: OAuthClient, _ id: String) {
        clients[id] = client
        grants[id] = Set(client.permissions.map(Permission.init(rawValue:)))
    }

    /// Follows a change of a client. Throws when its record is not that of one.
    mutating func follow(_ change: IndexedChange) throws {
        lastRevision = change.revision
        // First of all, so that nobody has permissions of a record that cannot be read.
        if let id = change.before?.id {
            clients[id] = nil
            grants[id] = nil
        }
        if let after = change.after { set(try OAuthClient(json: after.json), after.entry.id) }
    }
}

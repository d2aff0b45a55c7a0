import MessagingContract

/// The OAuth clients of an organization, with the permissions of each.
struct ClientIndex: Sendable {
    /// The clients by id, decoded.
    private(set) var clients: [String: OAuthClient] = [:]
    /// The permissions of each client.
    private(set) var grants: [String: Set<Permission>] = [:]
    /// An upper bound of the last revision in which a client changed.
    private(set) var lastRevision: Revision

    /// Creates an index without clients, at a revision.
    init(at revision: Revision) { lastRevision = revision }

    /// Adds the client of a record, or replaces it.
    mutating func set(_ client: OAuthClient, _ id: String) {
        clients[id] = client
        grants[id] = Set(client.permissions.map(Permission.init(rawValue:)))
    }

    /// Applies a change of a client. Throws if its record is not that of a client.
    mutating func follow(_ change: IndexedChange) throws {
        lastRevision = change.revision
        // Remove the old client first, so no client keeps permissions if the new record cannot be read.
        if let id = change.before?.id {
            clients[id] = nil
            grants[id] = nil
        }
        if let after = change.after { set(try OAuthClient(json: after.json), after.entry.id) }
    }
}

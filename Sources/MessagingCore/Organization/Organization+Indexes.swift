import MessagingContract

/// What is derived of the records.
extension Organization {
    /// The OAuth clients by id, decoded.
    public var clients: [String: OAuthClient] { indexes.clients.clients }

    /// The permissions of each client.
    var grants: [String: Set<Permission>] { indexes.clients.grants }

    /// The last revision in which a client changed, or a later one.
    var accessRevision: Revision { indexes.clients.lastRevision }

    /// The last revision in which a token was revoked, or a later one.
    var tokenRevision: Revision { indexes.lastRevocation }

    /// The integrations that refer to each object.
    var references: References { indexes.references }

    /// Returns the integrations that an object is assigned to.
    func integrations(using target: References.Target) -> TableSelection {
        self[.openIntegration].selection(of: references[target])
    }
}

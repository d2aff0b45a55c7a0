import MessagingContract

/// Values of the indexes.
extension Organization {
    /// The OAuth clients by id, decoded.
    public var clients: [String: OAuthClient] { indexes.clients.clients }

    /// The permissions of each client.
    var grants: [String: Set<Permission>] { indexes.clients.grants }

    /// An upper bound of the last revision in which a client changed.
    var accessRevision: Revision { indexes.clients.lastRevision }

    /// An upper bound of the last revision in which a token was revoked.
    var tokenRevision: Revision { indexes.lastRevocation }

    /// The integrations that refer to each object.
    var references: References { indexes.references }

    /// Returns the integrations to which an object is assigned.
    func integrations(using target: References.Target) -> TableSelection {
        TableSelection(references[target])
    }
}

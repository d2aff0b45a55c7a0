public import MessagingContract

extension Draft {
    /// Adds a client with the stamp's time as its creation date. Throws 400 in these cases:
    ///
    /// - The name is not a line of 1 to 256 characters.
    /// - The id is taken.
    /// - A permission or scope does not exist.
    /// - The client is too large, or there is no room.
    package mutating func create(_ client: OAuthClient) throws(APIError) {
        try client.name.checkAsLine()
        if organization.clients[client.id] != nil {
            throw .badRequest("A client with the id \(client.id) already exists.")
        }
        let known = Set(Permission.all.map(\.rawValue))
        for permission in client.permissions where !known.contains(permission) {
            throw .badRequest(
                "The permission \(permission) does not exist. The permissions are: \(known.sorted().joined(separator: ", "))."
            )
        }
        for scope in client.scopes where Scope(rawValue: scope) == nil {
            throw .badRequest("The scope \(scope) does not exist.")
        }
        try checkRoom(for: .oauthClient)
        var client = client
        client.dateCreated = stamp.time
        let json = client.json
        let entry = Entry(id: client.id, json: json, bytes: json.bytes)
        try entry.checkSize(of: .oauthClient)
        put(.oauthClient, entry, json)
    }

    /// Replaces the secret of a client. Its tokens stay valid. Throws 404 `not.found`.
    mutating func rotateSecret(of id: String, to digest: String) throws(APIError) {
        guard var client = organization.clients[id] else { throw .notFound }
        client.secretDigest = digest
        put(.oauthClient, id, client.json)
    }

    /// Deletes a client. Its tokens are refused from then on. Throws 404 `not.found`.
    public mutating func deleteClient(_ id: String) throws(APIError) {
        guard organization.clients[id] != nil else { throw .notFound }
        remove(.oauthClient, id)
    }
}

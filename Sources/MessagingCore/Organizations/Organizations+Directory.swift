public import MessagingContract

extension Organizations {
    /// The ids of all organizations, ascending. Throws 503 when the store cannot be reached.
    public nonisolated func identifiers() async throws(APIError) -> [String] {
        do {
            return try await store.organizations()
        } catch {
            throw APIError(error)
        }
    }

    /// Runs work of microseconds on the threads of the store, so that its calls of the store take no change of threads.
    public nonisolated func nearStore<Result: Sendable>(
        _ work: @Sendable () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await withTaskExecutorPreference(store.taskExecutor, operation: work)
    }

    /// Returns the tag of everything that follows from an organization's state as a whole, such as its lists. No other organization
    /// has the same one, at whatever revision.
    public nonisolated func tag(of organization: Organization) -> EntityTag {
        var opaque = ""
        opaque.reserveCapacity(store.epoch.utf8.count + organization.id.utf8.count + 24)
        opaque += store.epoch
        opaque += "-"
        opaque += organization.id
        opaque += "-"
        opaque += String(organization.revision)
        return EntityTag(opaque: opaque)
    }

    /// Returns the tag of a response without some parts that its caller may not view; `hidden` are names of letters. Callers who see
    /// different things at the same address get different tags.
    public nonisolated func tag(of organization: Organization, without hidden: [String]) -> EntityTag {
        let whole = tag(of: organization)
        return hidden.isEmpty ? whole : EntityTag(opaque: ([whole.opaque] + hidden.sorted()).joined(separator: "-"))
    }

    /// Returns what authenticating the OAuth client with this id takes, after the same work whether or not there is one: one row is read,
    /// two members of one record are decoded, and no organization is loaded. The client is nil when there is none; nobody knows the
    /// secret with that digest.
    ///
    /// Throws 503 when the store cannot be reached, and 500 when the stored record is not a client.
    nonisolated func storedClient(
        _ id: String
    ) async throws(APIError) -> (client: AuthenticatedClient?, secretDigest: String) {
        let stored: StoredClient?
        do {
            stored = try await store.client(id)
        } catch {
            throw APIError(error)
        }
        guard
            let members = try? JSON.members(["secretDigest", "scopes"], of: stored?.bytes ?? OAuthClient.nobody),
            let digest = members["secretDigest"]?.string, let scopes = members["scopes"]?.array
        else { throw .internalServerError.caused(by: "a stored OAuth client is none") }
        let names = scopes.compactMap(\.string)
        return (stored.map { AuthenticatedClient(id: id, organization: $0.organization, scopes: names) }, digest)
    }

    /// Returns a snapshot of the organization that has the OAuth client with this id; nil when none has. Throws 503 when the store
    /// cannot be reached.
    public nonisolated func organization(ofClient id: String) async throws(APIError) -> Organization? {
        let client: StoredClient?
        do {
            client = try await store.client(id)
        } catch {
            throw APIError(error)
        }
        guard let client else { return nil }
        return try await snapshot(of: client.organization)
    }
}

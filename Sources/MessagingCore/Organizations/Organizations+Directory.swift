public import MessagingContract

extension Organizations {
    /// The ids of all organizations, ascending. Throws 503 when the store cannot be reached.
    public func identifiers() async throws(APIError) -> [String] {
        do {
            return try await store.organizations()
        } catch {
            throw APIError(error)
        }
    }

    /// Runs work of microseconds on the threads of the store, so that its calls of the store take no change of threads.
    public func nearStore<Result: Sendable>(
        _ work: @Sendable () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await withTaskExecutorPreference(store.taskExecutor, operation: work)
    }

    /// Returns the tag of everything that follows from an organization's state as a whole, such as its lists. No other organization
    /// has the same one, at whatever revision.
    public func tag(of organization: Organization) -> EntityTag {
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
    public func tag(of organization: Organization, without hidden: [String]) -> EntityTag {
        let whole = tag(of: organization)
        return hidden.isEmpty ? whole : EntityTag(opaque: ([whole.opaque] + hidden.sorted()).joined(separator: "-"))
    }

    /// Returns a snapshot of the organization that has the OAuth client with this id; nil when none has. Throws 503 when the store
    /// cannot be reached.
    public func organization(ofClient id: String) async throws(APIError) -> Organization? {
        guard let client = try await record(ofClient: id) else { return nil }
        return try await snapshot(of: client.organization)
    }

    /// Returns the record of the OAuth client with this id; nil when no organization has one. Throws 503 when the store cannot be reached.
    func record(ofClient id: String) async throws(APIError) -> StoredClient? {
        do {
            return try await store.client(id)
        } catch {
            throw APIError(error)
        }
    }
}

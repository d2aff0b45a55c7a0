public import MessagingContract

extension Organizations {
    /// Returns the ids of all organizations, ascending. Throws 503 if the store is not available, and 500 if its data is corrupt.
    public func identifiers() async throws(APIError) -> [String] {
        try await APIError.fromStore { () throws(StoreError) in
            var ids: [String] = []
            try await forEachPage { page in
                ids += page
                return true
            }
            return ids
        }
    }

    /// Returns whether there is no organization. Throws 503 if the store is not available, and 500 if its data is corrupt.
    public func isEmpty() async throws(APIError) -> Bool {
        try await APIError.fromStore { () throws(StoreError) in
            try await store.organizations(after: nil, limit: 1).isEmpty
        }
    }

    /// The number of ids that are read at once.
    private static let idsOfPage = 1_000

    /// Calls `body` with the ids of all organizations, ascending, 1,000 at a time, until it returns false. Throws the errors of the store and
    /// of `body`.
    func forEachPage(_ body: ([String]) async throws(StoreError) -> Bool) async throws(StoreError) {
        var last: String?
        while true {
            let ids = try await store.organizations(after: last, limit: Self.idsOfPage)
            guard !ids.isEmpty, try await body(ids), ids.count == Self.idsOfPage else { return }
            last = ids.last
        }
    }

    /// Runs work of microseconds on the threads of the store, so that its calls of the store need no change of threads. Throws the errors
    /// of `work`.
    public func nearStore<Result: Sendable>(
        _ work: @Sendable () async throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await withTaskExecutorPreference(store.taskExecutor, operation: work)
    }

    /// Returns the entity tag of responses that depend on an organization's state as a whole, such as its lists. It differs from the tags
    /// of all other revisions and organizations.
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

    /// Returns the entity tag of a response that omits some parts because its caller may not view them. `hidden` has the names of these
    /// parts, which consist of letters. So callers who see different parts at the same path get different tags.
    public func tag(of organization: Organization, without hidden: [String]) -> EntityTag {
        let whole = tag(of: organization)
        return hidden.isEmpty ? whole : EntityTag(opaque: ([whole.opaque] + hidden.sorted()).joined(separator: "-"))
    }

    /// Returns a snapshot of the organization that has the OAuth client with this id, or nil if none has. Throws 503 if the store is not
    /// available, and 500 if its data is corrupt.
    public func organization(ofClient id: String) async throws(APIError) -> Organization? {
        guard let client = try await record(ofClient: id) else { return nil }
        return try await snapshot(of: client.organization)
    }

    /// Returns the record of the OAuth client with this id, or nil if no organization has one. Throws 503 if the store is not available,
    /// and 500 if its data is corrupt.
    func record(ofClient id: String) async throws(APIError) -> StoredClient? {
        try await APIError.fromStore { () throws(StoreError) in try await store.client(id) }
    }
}

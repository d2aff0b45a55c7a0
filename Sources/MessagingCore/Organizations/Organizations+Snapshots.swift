public import MessagingContract
import Synchronization

/// Snapshots: how they are read, loaded, published and dropped.
extension Organizations {
    /// The organization as it is now; nil when there is none. Does not suspend once it was loaded.
    ///
    /// After a commit whose outcome is not known it is loaded anew; as long as the store cannot do that, it is answered as it
    /// was last acknowledged, so that reads go on. Throws 503 when it has to be loaded for the first time and the store is not
    /// available, 500 when what is stored makes no sense.
    public nonisolated func snapshot(of id: String) async throws(APIError) -> Organization? {
        try await latest(id)?.organization
    }

    /// Returns the organization as it is now, without keeping it in memory; nil when there is none. For going through all organizations.
    ///
    /// Throws 503 when it has to be loaded and the store is not available, 500 when what is stored makes no sense.
    public nonisolated func peek(at id: String) async throws(APIError) -> Organization? {
        if let known = published.withLock({ $0[id] }), !known.isInDoubt { return known.organization }
        do {
            return try await loader.load(id)
        } catch {
            throw APIError(error)
        }
    }

    /// See ``snapshot(of:)``.
    nonisolated func latest(_ id: String) async throws(APIError) -> Snapshot? {
        do {
            return try await current(id)
        } catch {
            if error.status == 503, let known = published.withLock({ $0.use(id) }) { return known }
            throw error
        }
    }

    /// The organization as it is stored, when that is known without asking the store; nil otherwise.
    nonisolated func known(_ id: String) -> Snapshot? {
        guard let known = published.withLock({ $0.use(id) }), !known.isInDoubt else { return nil }
        return known
    }

    /// The organization as it is stored.
    nonisolated func current(_ id: String) async throws(APIError) -> Snapshot? {
        if let known = known(id) { return known }
        return try await load(id)
    }

    /// What is in memory of an organization may not be what is stored.
    func doubt(_ id: String) {
        published.withLock { $0.doubt(id) }
    }

    private func load(_ id: String) async throws(APIError) -> Snapshot? {
        // It may have been loaded meanwhile. So no load overlaps a commit of its organization, and takes away a doubt that the commit left.
        if let known = known(id) { return known }
        let task = loading[id] ?? Task { await loadOnce(id) }
        loading[id] = task
        do {
            return try await task.value.get()
        } catch {
            throw APIError(error)
        }
    }

    /// Loads and publishes before anybody who waits goes on, so that nothing old is published after something new.
    private func loadOnce(_ id: String) async -> Result<Snapshot?, StoreError> {
        defer { loading[id] = nil }
        do throws(StoreError) {
            let earlier = published.withLock { $0[id]?.organization }
            guard let organization = try await loader.load(id, from: earlier) else { return .success(nil) }
            if earlier == nil, published.withLock({ $0.countLoad(of: organization) }) {
                onLargeLoad(id, organization.memory)
            }
            let snapshot = publish(organization)
            dropSnapshots(but: id)
            return .success(snapshot)
        } catch {
            return .failure(error)
        }
    }

    /// Publishes a snapshot unless a newer one is there, and returns the one that is there then.
    @discardableResult
    func publish(_ organization: Organization) -> Snapshot { published.withLock { $0.publish(organization) } }

    /// Drops the snapshots that were not used for longest while all together take too much memory: after a load, and after a round of writes.
    ///
    /// Those of organizations with writes or with a load stay, so that no load overlaps a commit, and nothing old is published after
    /// something new. One that is in doubt stays while the store cannot write, since it may be all that can be read.
    func dropSnapshots(but id: String? = nil) {
        guard published.withLock({ $0.isOverfull }) else { return }
        var needed = waiting.withLock { Set($0.queue.organizations) }
        needed.formUnion(round.map(\.organization))
        needed.formUnion(loadingForWrites)
        needed.formUnion(loading.keys)
        if let id { needed.insert(id) }
        let canLoad = store.canWrite
        while true {
            let dropped = published.withLock { published in
                published.makeRoom { id, snapshot in
                    needed.contains(id) || heavy.hasOne(of: id) || snapshot.isInDoubt && !canLoad
                }
            }
            if dropped.isEmpty { return }
            for snapshot in dropped { sizes[snapshot.organization.id] = nil }
            DroppedSnapshots(dropped).free()
        }
    }
}

public import MessagingContract
import Synchronization

/// Snapshots: how they are read, loaded, published and dropped.
extension Organizations {
    /// The organization as it is now; nil when there is none. Does not suspend once it was loaded.
    ///
    /// After a commit whose outcome is not known it is loaded anew; as long as the store cannot do that, it is answered as it
    /// was last acknowledged, so that reads go on. Throws 503 when it has to be loaded for the first time and the store is not
    /// available, 500 when what is stored makes no sense.
    public func snapshot(of id: String) async throws(APIError) -> Organization? {
        try await latest(id)?.organization
    }

    /// Returns the organization as it is now, without keeping it in memory; nil when there is none. For going through all organizations.
    ///
    /// Throws 503 when it has to be loaded and the store is not available, 500 when what is stored makes no sense.
    public func peek(at id: String) async throws(APIError) -> Organization? {
        if let known = published.withLock({ $0[id] }), !known.isInDoubt { return known.organization }
        do {
            return try await loader.load(id)
        } catch {
            throw APIError(error)
        }
    }

    /// See ``snapshot(of:)``.
    func latest(_ id: String) async throws(APIError) -> Snapshot? {
        do {
            return try await current(id)
        } catch {
            if error.status == 503, let known = published.withLock({ $0.use(id) }) { return known }
            throw error
        }
    }

    /// The organization as it is stored, when that is known without asking the store; nil otherwise.
    func known(_ id: String) -> Snapshot? {
        guard let known = published.withLock({ $0.use(id) }), !known.isInDoubt else { return nil }
        return known
    }

    /// The organization as it is stored.
    func current(_ id: String) async throws(APIError) -> Snapshot? {
        if let known = known(id) { return known }
        return try await load(id)
    }

    /// What is in memory of an organization may not be what is stored.
    func doubt(_ id: String) {
        published.withLock { $0.doubt(id) }
        forgetSize(of: id)
    }

    private func load(_ id: String) async throws(APIError) -> Snapshot? {
        // It may have been loaded meanwhile. So no load overlaps a commit of its organization, and takes away a doubt that the commit left.
        let task = loading.withLock { (loading) -> Task<Result<Snapshot?, StoreError>, Never>? in
            if known(id) != nil { return nil }
            let task = loading[id] ?? Task { await self.loadOnce(id) }
            loading[id] = task
            return task
        }
        guard let task else { return try await current(id) }
        do {
            return try await task.value.get()
        } catch {
            throw APIError(error)
        }
    }

    /// Loads an organization and publishes it. The load ends in the same moment, so nobody who finds the published snapshot in doubt joins it.
    private func loadOnce(_ id: String) async -> Result<Snapshot?, StoreError> {
        let earlier = published.withLock { $0[id]?.organization }
        do throws(StoreError) {
            let organization = try await loader.load(id, from: earlier)
            let snapshot = loading.withLock { loading in
                loading[id] = nil
                return organization.map { loaded in published.withLock { $0.publish(loaded, loadedAfter: earlier) } }
            }
            if let organization, earlier == nil, published.withLock({ $0.countLoad(of: organization) }) {
                onLargeLoad(id, organization.memory)
            }
            dropSnapshots(but: id)
            return .success(snapshot)
        } catch {
            loading.withLock { $0[id] = nil }
            return .failure(error)
        }
    }

    /// Publishes a snapshot unless a newer one is there, and returns the one that is there then.
    @discardableResult
    func publish(_ organization: Organization) -> Snapshot { published.withLock { $0.publish(organization) } }

    /// Drops the snapshots that were not used for longest while all together take too much memory: after a load, and after a commit.
    ///
    /// Those of organizations with writes or with a load stay, so that no load overlaps a commit, and nothing old is published after
    /// something new. One that is in doubt stays while the store cannot write, since it may be all that can be read.
    func dropSnapshots(but id: String? = nil) {
        guard published.withLock({ $0.isOverfull }) else { return }
        let canLoad = store.canWrite
        while true {
            // No write of a dropped organization begins meanwhile.
            let dropped = waiting.withLock { waiting in
                loading.withLock { loading in
                    published.withLock { published in
                        published.makeRoom { other, snapshot in
                            other == id || waiting.contains(other) || loading[other] != nil
                                || snapshot.isInDoubt && !canLoad
                        }
                    }
                }
            }
            if dropped.isEmpty { return }
            for snapshot in dropped { forgetSize(of: snapshot.organization.id) }
            DroppedSnapshots(dropped).free()
        }
    }
}

public import MessagingContract
import Synchronization

/// Reading, loading, publishing and dropping snapshots.
extension Organizations {
    /// Returns the current value of the organization, or nil if it does not exist. Throws 503 if the store is not available, and 500 if the stored
    /// data is corrupt.
    ///
    /// - If only this server changes the organizations, a value in memory is returned without suspending. After a commit with an unknown
    ///   outcome, the organization is loaded again. While the store cannot load it, the last acknowledged value is returned, so reads go on.
    /// - If other servers change them too, a value in memory is checked first, see ``check(_:_:)``.
    public func snapshot(of id: String) async throws(APIError) -> Organization? {
        try await latest(id)?.organization
    }

    /// Returns the current value of the organization without keeping it in memory, or nil if it does not exist. For a pass through all
    /// organizations.
    ///
    /// Throws 503 if it must be loaded and the store is not available, and 500 if the stored data is corrupt.
    public func peek(at id: String) async throws(APIError) -> Organization? {
        if let known = published.withLock({ $0[id] }), !known.isInDoubt, !mustCheck { return known.organization }
        return try await APIError.fromStore { () throws(StoreError) in try await loader.load(id) }
    }

    /// Returns the snapshot of ``snapshot(of:)``, and throws its errors.
    func latest(_ id: String) async throws(APIError) -> Snapshot? {
        if mustCheck {
            let start = surroundings.instant()
            let revision = try await check(id).get()
            guard revision > 0, let snapshot = try await current(id, from: revision) else { return nil }
            if snapshot.organization.revision == revision { snapshot.noteCheck(at: start) }
            return snapshot
        }
        do {
            return try await current(id)
        } catch {
            if error.status == 503, let known = published.withLock({ $0.use(id) }) { return known }
            throw error
        }
    }

    /// Returns the snapshot in memory, or nil if there is none or it is in doubt. Counts as a use.
    func known(_ id: String) -> Snapshot? {
        var spot: PublishedSnapshots.Spot?
        return known(id, at: &spot)
    }

    /// Returns the same snapshot. `spot` is where it may be, and is set to where it is.
    func known(_ id: String, at spot: inout PublishedSnapshots.Spot?) -> Snapshot? {
        guard let known = published.withLock({ $0.use(id, at: &spot) }), !known.isInDoubt else { return nil }
        return known
    }

    /// Returns a snapshot that is not in doubt, loaded if necessary; nil if the organization does not exist. Throws 503 if the store is not
    /// available, and 500 if its data is corrupt.
    func current(_ id: String) async throws(APIError) -> Snapshot? {
        if let known = known(id) { return known }
        return try await load(id)
    }

    /// Notes that the snapshot and the size of an organization may differ from the stored ones.
    func doubt(_ id: String) {
        published.withLock { $0.doubt(id) }
        forgetSize(of: id)
    }

    func load(_ id: String) async throws(APIError) -> Snapshot? {
        // Another load may have finished meanwhile. A second load could overlap a commit of the organization, and would clear the doubt
        // that the commit left.
        let task = loading.withLock { (loading) -> Task<Result<Snapshot?, StoreError>, Never>? in
            if known(id) != nil { return nil }
            let task = loading[id] ?? Task { await self.loadOnce(id) }
            loading[id] = task
            return task
        }
        guard let task else { return try await current(id) }
        return try await APIError.fromStore { () throws(StoreError) in try await task.value.get() }
    }

    /// Loads an organization and publishes it. The load ends in the same step, so a caller who finds the published snapshot in doubt starts
    /// a new load.
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

    /// Publishes a snapshot unless a newer one is published, and returns the published one.
    @discardableResult
    func publish(_ organization: Organization) -> Snapshot { published.withLock { $0.publish(organization) } }

    /// Drops the least recently used snapshots while all together take too much memory. It is called after a load and after a commit.
    ///
    /// These snapshots stay:
    ///
    /// - those of organizations with writes or with a load, so that no load overlaps a commit, and no old value is published after a new one
    /// - a snapshot in doubt while the store cannot write, since it may be the only readable value
    /// - the one of `id`
    ///
    /// A check that finds that the store has lost commits drops snapshots in any case.
    func dropSnapshots(but id: String? = nil) {
        guard published.withLock({ $0.isOverfull }) else { return }
        let canLoad = store.canWrite
        while true {
            // Under these locks, no write or load of a dropped organization can begin.
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

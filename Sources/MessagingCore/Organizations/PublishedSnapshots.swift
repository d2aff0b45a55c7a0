import Synchronization

/// The snapshots in memory. If all together take more than a limit, the least recently used ones are dropped.
struct PublishedSnapshots: Sendable {
    /// The spot of an organization's snapshots.
    typealias Spot = UseOrder<Snapshot>.Spot

    private var snapshots = UseOrder<Snapshot>()
    /// The bytes that all snapshots may take, as ``Organization/memory`` estimates them.
    private let limit: Int
    private var bytes = 0
    private var counted = SnapshotStatistics()

    /// The number of snapshots that are visited at a time, so that no caller waits long for the collection.
    private static let mostVisits = 256

    /// Creates a collection without snapshots. `limit` is in bytes.
    init(limit: Int) { self.limit = limit }

    /// The snapshot of an organization; nil if it is not in memory. Does not count as a use.
    subscript(id: String) -> Snapshot? { snapshots[id] }

    /// Returns the snapshot of an organization, or nil if it is not in memory. Counts as a use.
    mutating func use(_ id: String) -> Snapshot? { snapshots.use(id) }

    /// Returns the snapshot of an organization, or nil if it is not in memory. Counts as a use. `spot` is where the snapshot may be. It is
    /// set to where it is.
    mutating func use(_ id: String, at spot: inout Spot?) -> Snapshot? {
        if let known = spot, let snapshot = snapshots.use(known), snapshot.organization.id == id { return snapshot }
        spot = snapshots.spot(of: id)
        return spot.flatMap { snapshots.use($0) }
    }

    /// Whether the snapshots take more memory than allowed.
    var isOverfull: Bool { bytes > limit }

    /// The number and the bytes of the snapshots now, and the number of loads and evictions so far.
    var statistics: SnapshotStatistics {
        var statistics = counted
        (statistics.count, statistics.bytes) = (snapshots.count, bytes)
        return statistics
    }

    /// Publishes a loaded organization and returns the published snapshot. `earlier` is its value in memory when the load began. A snapshot
    /// that was published since then stays unless it is older, because a later commit may have put it in doubt.
    mutating func publish(_ loaded: Organization, loadedAfter earlier: Organization?) -> Snapshot {
        if let known = snapshots[loaded.id], known.organization.revision >= loaded.revision,
            known.organization.revision != earlier?.revision
        {
            return known
        }
        return publish(loaded)
    }

    /// Publishes a snapshot unless a newer one is published, and returns the published one.
    mutating func publish(_ organization: Organization) -> Snapshot {
        if let known = snapshots[organization.id], known.organization.revision > organization.revision { return known }
        let snapshot = Snapshot(organization)
        let before = snapshots.set(snapshot, for: organization.id)
        bytes += organization.memory - (before?.organization.memory ?? 0)
        return snapshot
    }

    /// Counts the load of a snapshot. Returns whether it takes more than half of the limit, and counts that too.
    mutating func countLoad(of organization: Organization) -> Bool {
        counted.loads += 1
        let isLarge = organization.memory > limit / 2
        if isLarge { counted.largeLoads += 1 }
        return isLarge
    }

    /// Notes that a check that began at `instant` has found this revision of an organization in the store. Returns whether its snapshot is at
    /// least as new. Returns true if there is none.
    mutating func confirm(_ id: String, _ revision: Revision, at instant: ContinuousClock.Instant) -> Bool {
        guard var known = snapshots[id] else { return true }
        guard known.organization.revision >= revision else { return false }
        if known.isInDoubt, known.organization.revision == revision {
            known = Snapshot(known.organization)
            snapshots.set(known, for: id)
        }
        known.noteCheck(at: instant)
        return true
    }

    /// Removes the snapshots of these organizations, and returns them.
    mutating func remove(_ ids: some Sequence<String>) -> [Snapshot] {
        let removed = ids.compactMap { snapshots.remove($0) }
        bytes -= removed.reduce(0) { $0 + $1.organization.memory }
        return removed
    }

    /// Removes all snapshots, and returns them.
    mutating func removeAll() -> [Snapshot] {
        bytes = 0
        return snapshots.removeOldest(visiting: .max) { _, _ in .remove }
    }

    /// Notes that the stored organization may be newer than its snapshot.
    mutating func doubt(_ id: String) {
        guard let known = snapshots[id] else { return }
        snapshots.set(Snapshot(known.organization, isInDoubt: true), for: id)
    }

    /// Drops the least recently used snapshots until the remaining ones fit, and returns the dropped ones. A `needed` snapshot stays and
    /// counts as used. One call visits at most 256 snapshots; call again until it returns none.
    mutating func makeRoom(needed: (String, Snapshot) -> Bool) -> [Snapshot] {
        var (left, count) = (bytes, 0)
        let dropped = snapshots.removeOldest(visiting: Self.mostVisits) { id, snapshot in
            if left <= limit { return .stop }
            if needed(id, snapshot) { return .keep }
            left -= snapshot.organization.memory
            count += 1
            return .remove
        }
        bytes = left
        counted.evictions += count
        return dropped
    }
}

/// Dropped snapshots. Freeing a large one takes milliseconds.
final class DroppedSnapshots: Sendable {
    private let snapshots: Mutex<[Snapshot]>
    /// The name under which they have their own turns on the lane, beside those of organizations.
    private static let turn = "dropped snapshots"

    /// Takes over these snapshots.
    init(_ snapshots: [Snapshot]) { self.snapshots = Mutex(snapshots) }

    /// Frees them on the ``WorkLane``.
    func free() {
        Task {
            await WorkLane.shared.run(for: Self.turn) { self.snapshots.withLock { $0 = [] } }
        }
    }
}

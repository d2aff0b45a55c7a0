import Synchronization

/// The snapshots in memory. When all together take more than a bound, those that were not used for longest are dropped.
struct PublishedSnapshots: Sendable {
    private var snapshots = UseOrder<Snapshot>()
    /// The bytes that all may take, as ``Organization/memory`` estimates them.
    private let limit: Int
    private var bytes = 0
    private var counted = SnapshotStatistics()

    /// The snapshots that are visited at a time, so that nobody waits long for the collection.
    private static let mostVisits = 256

    /// Creates a collection without snapshots.
    init(limit: Int) { self.limit = limit }

    /// The snapshot of an organization, as it is, which does not count as a use.
    subscript(id: String) -> Snapshot? { snapshots[id] }

    /// Returns the snapshot of an organization for use.
    mutating func use(_ id: String) -> Snapshot? { snapshots.use(id) }

    /// Whether some have to be dropped.
    var isOverfull: Bool { bytes > limit }

    /// What they take now, and how often they came and went.
    var statistics: SnapshotStatistics {
        var statistics = counted
        (statistics.count, statistics.bytes) = (snapshots.count, bytes)
        return statistics
    }

    /// Publishes a loaded organization, which was `earlier` when its load began, and returns the snapshot that is there then. One that
    /// was published meanwhile stays unless it is older: a later commit may have put it in doubt.
    mutating func publish(_ loaded: Organization, loadedAfter earlier: Organization?) -> Snapshot {
        if let known = snapshots[loaded.id], known.organization.revision >= loaded.revision,
            known.organization.revision != earlier?.revision
        {
            return known
        }
        return publish(loaded)
    }

    /// Publishes a snapshot unless a newer one is there, and returns the one that is there then.
    mutating func publish(_ organization: Organization) -> Snapshot {
        if let known = snapshots[organization.id], known.organization.revision > organization.revision { return known }
        let snapshot = Snapshot(organization)
        let before = snapshots.set(snapshot, for: organization.id)
        bytes += organization.memory - (before?.organization.memory ?? 0)
        return snapshot
    }

    /// Counts the load of a snapshot, and whether it takes more than half of the bound; then returns true.
    mutating func countLoad(of organization: Organization) -> Bool {
        counted.loads += 1
        let isLarge = organization.memory > limit / 2
        if isLarge { counted.largeLoads += 1 }
        return isLarge
    }

    /// Notes that what is stored of an organization may be newer than its snapshot.
    mutating func doubt(_ id: String) {
        guard let known = snapshots[id] else { return }
        snapshots.set(Snapshot(known.organization, isInDoubt: true), for: id)
    }

    /// Drops the snapshots that were not used for longest, except the `needed` ones, until the others fit, and returns them. Drops a part of them
    /// at a time. A needed one counts as used.
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

/// Snapshots that are given up. Freeing a large one takes milliseconds.
final class DroppedSnapshots: Sendable {
    private let snapshots: Mutex<[Snapshot]>
    /// They have turns of their own on the lane, beside those of organizations.
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

import Synchronization

/// The snapshots in memory. When all together take more than a bound, those that were not used for longest are dropped.
struct PublishedSnapshots: Sendable {
    private var snapshots = UseOrder<Snapshot>()
    /// The bytes that all may take, as ``Organization/memory`` estimates them.
    private let limit: Int
    private(set) var statistics = SnapshotStatistics()

    /// How many are dropped at a time.
    private static let mostDropped = 256

    /// Creates a collection without snapshots.
    init(limit: Int) { self.limit = limit }

    /// The snapshot of an organization, as it is, which does not count as a use.
    subscript(id: String) -> Snapshot? { snapshots[id] }

    /// Returns the snapshot of an organization for use.
    mutating func use(_ id: String) -> Snapshot? { snapshots.use(id) }

    /// Whether some have to be dropped.
    var isOverfull: Bool { statistics.bytes > limit }

    /// Publishes a snapshot unless a newer one is there, and returns the one that is there then.
    mutating func publish(_ organization: Organization) -> Snapshot {
        if let known = snapshots[organization.id], known.organization.revision > organization.revision { return known }
        let snapshot = Snapshot(organization)
        let before = snapshots.set(snapshot, for: organization.id)
        statistics.bytes += organization.memory - (before?.organization.memory ?? 0)
        statistics.count = snapshots.count
        return snapshot
    }

    /// Counts the load of a snapshot, and whether it takes more than half of the bound; then returns true.
    mutating func countLoad(of organization: Organization) -> Bool {
        statistics.loads += 1
        let isLarge = organization.memory > limit / 2
        if isLarge { statistics.largeLoads += 1 }
        return isLarge
    }

    /// Notes that what is stored of an organization may be newer than its snapshot.
    mutating func doubt(_ id: String) {
        guard let known = snapshots[id] else { return }
        snapshots.set(Snapshot(known.organization, isInDoubt: true), for: id)
    }

    /// Drops the snapshots that were not used for longest, but for the `needed` ones, until the others fit, and returns them; at most so many
    /// at a time that nobody waits long for the collection.
    mutating func makeRoom(needed: (String, Snapshot) -> Bool) -> [Snapshot] {
        var (bytes, count) = (statistics.bytes, 0)
        let dropped = snapshots.removeOldest { id, snapshot in
            if bytes <= limit || count == Self.mostDropped { return .stop }
            if needed(id, snapshot) { return .keep }
            bytes -= snapshot.organization.memory
            count += 1
            return .remove
        }
        statistics.bytes = bytes
        statistics.count = snapshots.count
        statistics.evictions += count
        return dropped
    }
}

/// Snapshots that are given up. Freeing a large one takes milliseconds.
final class DroppedSnapshots: Sendable {
    private let snapshots: Mutex<[Snapshot]>

    /// Takes over these snapshots.
    init(_ snapshots: [Snapshot]) { self.snapshots = Mutex(snapshots) }

    /// Frees them on the ``WorkLane``.
    func free() {
        Task {
            await WorkLane.shared.run(for: "") { self.snapshots.withLock { $0 = [] } }
        }
    }
}

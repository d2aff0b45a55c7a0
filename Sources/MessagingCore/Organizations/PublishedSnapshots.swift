/// The snapshots in memory. When all together take more than a bound, those that were not used for longest are dropped.
struct PublishedSnapshots: Sendable {
    private var snapshots = UseOrder<Snapshot>()
    /// The bytes that all may take, as ``Organization/memory`` estimates them.
    private let limit: Int
    private(set) var statistics = SnapshotStatistics()

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

    /// Drops the snapshots that were not used for longest until the others fit, and returns them. A snapshot stays while it is in doubt,
    /// since it may be all that can be read, and while its organization is `needed`.
    mutating func makeRoom(needed: (String) -> Bool) -> [Snapshot] {
        var dropped: [Snapshot] = []
        while isOverfull,
            let (_, snapshot) = snapshots.removeOldest(where: { id, snapshot in !snapshot.isInDoubt && !needed(id) })
        {
            dropped.append(snapshot)
            statistics.bytes -= snapshot.organization.memory
            statistics.evictions += 1
        }
        statistics.count = snapshots.count
        return dropped
    }
}

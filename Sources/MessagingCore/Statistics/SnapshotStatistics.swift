/// What the organizations in memory take, and how often they came and went since the start.
public struct SnapshotStatistics: Hashable, Sendable {
    /// Organizations in memory.
    public internal(set) var count = 0
    /// The bytes that they take, estimated.
    public internal(set) var bytes = 0
    /// Organizations that were loaded from the store.
    public internal(set) var loads = 0
    /// Those of the loads whose organization takes more than half of what all may take.
    public internal(set) var largeLoads = 0
    /// Organizations that were dropped from memory, to make room for others.
    public internal(set) var evictions = 0
}

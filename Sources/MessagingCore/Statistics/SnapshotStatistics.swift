/// The memory of the loaded organizations, and the numbers of loads and evictions since the start.
public struct SnapshotStatistics: Hashable, Sendable {
    /// The number of organizations in memory.
    public internal(set) var count = 0
    /// The estimated bytes that they take.
    public internal(set) var bytes = 0
    /// The number of loads from the store.
    public internal(set) var loads = 0
    /// The number of loads of an organization that takes more than half of the memory for all.
    public internal(set) var largeLoads = 0
    /// The number of organizations that were dropped from memory to make room for others.
    public internal(set) var evictions = 0
}

import Synchronization

/// Counts of tokens since the start.
public struct TokenStatistics: Sendable {
    /// The number of issued tokens.
    public let issued: Int
    /// The number of tokens of requests that were found in memory.
    public let hits: Int
    /// The number of tokens of requests that were read from the store.
    public let misses: Int
}

/// The counters behind ``TokenStatistics``.
final class TokenCounters: Sendable {
    let issued = Atomic(0)
    let hits = Striped(0)
    let misses = Atomic(0)

    var values: TokenStatistics {
        TokenStatistics(
            issued: issued.load(ordering: .relaxed),
            hits: hits.values.reduce(0, +),
            misses: misses.load(ordering: .relaxed)
        )
    }
}

import Synchronization

/// What became of tokens since the start.
public struct TokenStatistics: Sendable {
    /// Tokens that were issued.
    public let issued: Int
    /// Tokens of requests that were found in memory.
    public let hits: Int
    /// Tokens of requests that the store was asked for.
    public let misses: Int
}

/// The counters behind ``TokenStatistics``.
final class TokenCounters: Sendable {
    let issued = Atomic(0)
    let hits = Atomic(0)
    let misses = Atomic(0)

    var values: TokenStatistics {
        TokenStatistics(
            issued: issued.load(ordering: .relaxed),
            hits: hits.load(ordering: .relaxed),
            misses: misses.load(ordering: .relaxed)
        )
    }
}

import Synchronization

/// Counts the requests of each token in windows of a minute, the same windows for all tokens.
final class RateLimiter: Sendable {
    private struct State {
        var end: ContinuousClock.Instant
        var counts: [String: Int] = [:]
    }

    private let limit: Int
    private let clock = ContinuousClock()
    private let state: Mutex<State>

    /// At most `limit` requests a minute and token.
    init(limit: Int) {
        self.limit = limit
        state = Mutex(State(end: clock.now.advanced(by: .seconds(60))))
    }

    /// Counts a request: how many the token has sent in this window, how many it may, and the seconds until the next window.
    func count(_ token: String) -> (count: Int, allowed: Int, reset: Int) {
        let now = clock.now
        return state.withLock { state in
            if now >= state.end { state = State(end: now.advanced(by: .seconds(60))) }
            let count = (state.counts[token] ?? 0) + 1
            state.counts[token] = count
            return (count, limit, min(60, Int((state.end - now).components.seconds) + 1))
        }
    }
}

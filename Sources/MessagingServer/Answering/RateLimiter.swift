import MessagingContract
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

    /// Counts a request of a token.
    func count(_ token: String) -> Rate { inWindow { state, reset in count(token, &state, reset) } }

    /// Counts a request of a token if it may be sent; nil, and not counted, if it may not.
    func admit(_ token: String) -> Rate? {
        inWindow { state, reset in state.counts[token] ?? 0 < limit ? count(token, &state, reset) : nil }
    }

    private func count(_ token: String, _ state: inout State, _ reset: Int) -> Rate {
        let count = (state.counts[token] ?? 0) + 1
        state.counts[token] = count
        return Rate(count: count, allowed: limit, reset: reset)
    }

    /// Lends the counts of the present window, and the seconds until the next one.
    private func inWindow<Result>(_ body: (inout State, Int) -> Result) -> Result {
        let now = clock.now
        return state.withLock { state in
            if now >= state.end { state = State(end: now.advanced(by: .seconds(60))) }
            return body(&state, min(60, Int((state.end - now).components.seconds) + 1))
        }
    }
}

/// What a token has sent in a window.
struct Rate: Sendable {
    /// How many requests it has sent, with the one that was counted last.
    let count: Int
    /// How many it may send.
    let allowed: Int
    /// The seconds until the next window.
    let reset: Int

    /// Whether there were more requests than may be.
    var isExceeded: Bool { count > allowed }

    /// Throws 429 when there were more requests than may be.
    func check() throws(APIError) {
        if isExceeded { throw .tooManyRequests(retryAfter: reset) }
    }
}

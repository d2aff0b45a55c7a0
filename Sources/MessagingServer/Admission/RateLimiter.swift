import MessagingContract
import MessagingCore
import Synchronization

/// A counter of the requests of tokens, clients and organizations, in windows of a minute that are the same for all.
///
/// A request counts for its token, its client and its organization, or it is refused:
/// - A request over the limit of its token counts for the token only. So a token over its limit uses up no requests of its client's
///   other tokens.
/// - A request over the limit of its client or its organization does not count. So a client over its limit uses up no requests of its
///   organization's other clients. A window thus remembers at most as many tokens of an organization as it admits requests.
final class RateLimiter: Sendable {
    private let limits: RateLimits
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let window: Mutex<(end: ContinuousClock.Instant, counts: RateCounts)>

    /// Creates a limiter whose first window begins now. The `clock` must be monotonic.
    init(_ limits: RateLimits, clock: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.limits = limits
        self.clock = clock
        window = Mutex((clock().advanced(by: .seconds(60)), RateCounts()))
    }

    /// Counts a request of a caller's token.
    func count(_ caller: Caller) -> Rate {
        count(caller.tokenDigest, of: caller.clientID, in: caller.organizationID)
    }

    /// Counts a request that a client authenticates with its secret. The client id takes the place of a token.
    func count(_ client: AuthenticatedClient) -> Rate {
        count(client.id, of: client.id, in: client.organization)
    }

    private func count(_ token: String, of client: String, in organization: String) -> Rate {
        inWindow { counts, reset in
            var (count, refusal) = counts.take(token, of: client, in: organization, limits)
            if refusal == .token { count = counts.refuse(token) }
            return Rate(count: count, allowed: limits.token, reset: reset, refusal: refusal)
        }
    }

    /// The number of tokens that the present window remembers.
    var tokens: Int { window.withLock { $0.counts.tokens } }

    /// Calls `body` with the counts of the present window and the seconds until the next one.
    private func inWindow<Result>(_ body: (inout RateCounts, Int) -> Result) -> Result {
        let now = clock()
        return window.withLock { window in
            if now >= window.end { window = (now.advanced(by: .seconds(60)), RateCounts()) }
            return body(&window.counts, min(60, Int((window.end - now).components.seconds) + 1))
        }
    }
}

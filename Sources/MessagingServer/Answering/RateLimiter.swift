import MessagingContract
import MessagingCore
import Synchronization

/// Counts requests of tokens, of clients and of organizations in windows of a minute, the same windows for all.
///
/// A request counts for its token, its client and its organization, or it is refused:
/// - One over the limit of its token counts for the token alone, so a token that sends too much takes nothing from the other tokens of
///   its client.
/// - One over the limit of its client or its organization counts nowhere, so a client that sends too much takes nothing from the other
///   clients of its organization. A window thus never remembers more tokens of an organization than it lets requests of it pass.
final class RateLimiter: Sendable {
    private let limits: RateLimits
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let window: Mutex<(end: ContinuousClock.Instant, counts: RateCounts)>

    /// Creates a limiter whose first window begins now, by a `clock` that is monotonic.
    init(_ limits: RateLimits, clock: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.limits = limits
        self.clock = clock
        window = Mutex((clock().advanced(by: .seconds(60)), RateCounts()))
    }

    /// Counts a request of a caller's token.
    func count(_ caller: Caller) -> Rate {
        count(caller.tokenDigest, of: caller.clientID, in: caller.organizationID)
    }

    /// Counts a request that a client sends with its secret, which takes the place of a token.
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

    /// Counts a request of a caller's token if it may be sent; returns nil, and counts nothing, if it may not.
    func admit(_ caller: Caller) -> Rate? {
        inWindow { counts, reset in
            let (count, refusal) = counts.take(
                caller.tokenDigest,
                of: caller.clientID,
                in: caller.organizationID,
                limits
            )
            return refusal == nil ? Rate(count: count, allowed: limits.token, reset: reset, refusal: nil) : nil
        }
    }

    /// How many tokens the present window remembers.
    var tokens: Int { window.withLock { $0.counts.tokens } }

    /// Lends the counts of the present window, and the seconds until the next one.
    private func inWindow<Result>(_ body: (inout RateCounts, Int) -> Result) -> Result {
        let now = clock()
        return window.withLock { window in
            if now >= window.end { window = (now.advanced(by: .seconds(60)), RateCounts()) }
            return body(&window.counts, min(60, Int((window.end - now).components.seconds) + 1))
        }
    }
}

/// What a token has sent in a window.
struct Rate: Sendable {
    /// How many requests of the token have counted, with the one that was counted last.
    let count: Int
    /// How many it may send.
    let allowed: Int
    /// The seconds until the next window.
    let reset: Int
    /// Whose limit refuses the request; nil when none does.
    let refusal: RateScope?

    /// Throws 429 when a limit refuses the request.
    func check() throws(APIError) {
        if let refusal { throw .tooManyRequests(of: refusal, retryAfter: reset) }
    }
}

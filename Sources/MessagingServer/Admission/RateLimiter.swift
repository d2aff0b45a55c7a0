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
///
/// Each organization has its own lock. The window has one too, which only the first request of a connection in a window takes.
final class RateLimiter: Sendable {
    /// The place of a token's count in a window. The next request of the token is counted there without a look-up.
    struct Place: Sendable {
        fileprivate let counts: RateWindow.Counts
        fileprivate let token: String
        fileprivate let index: Int
    }

    private let limits: RateLimits
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let window: Mutex<RateWindow>

    /// Creates a limiter whose first window begins now. The `clock` must be monotonic.
    init(_ limits: RateLimits, clock: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.limits = limits
        self.clock = clock
        window = Mutex(RateWindow(from: clock()))
    }

    /// Counts a request of a caller's token. `place` is the place of the connection's last request. It is set to the place of this one, or
    /// to nil if no request of the token was counted.
    func count(_ caller: Caller, at place: inout Place?) -> Rate {
        count(caller.tokenDigest, of: caller.clientID, in: caller.organizationID, at: &place)
    }

    /// Counts a request that a client authenticates with its secret. The client id takes the place of a token.
    func count(_ client: AuthenticatedClient) -> Rate {
        var place: Place?
        return count(client.id, of: client.id, in: client.organization, at: &place)
    }

    private func count(
        _ token: String,
        of client: String,
        in organization: String,
        at place: inout Place?
    ) -> Rate {
        let now = clock()
        var last = place.flatMap { now < $0.counts.end && $0.counts.organization == organization ? $0 : nil }
        while true {
            let counts = last?.counts ?? counts(of: organization, now)
            var index = last?.token == token ? last?.index : nil
            if let taken = counts.take(token, at: &index, of: client, limits) {
                place = index.map { Place(counts: counts, token: token, index: $0) }
                return rate(taken, until: counts.end, now)
            }
            // The window has ended meanwhile.
            last = nil
        }
    }

    /// The number of tokens that the present window remembers.
    var tokens: Int { window.withLock { $0 }.tokenCount }

    /// Returns the counts of an organization in the present window, which begins now if the last one has ended.
    private func counts(of organization: String, _ now: ContinuousClock.Instant) -> RateWindow.Counts {
        let (counts, ended) = window.withLock { window -> (RateWindow.Counts, RateWindow?) in
            guard now >= window.end else { return (window.counts(of: organization), nil) }
            let ended = window
            window = RateWindow(from: now)
            return (window.counts(of: organization), ended)
        }
        ended?.drop()
        return counts
    }

    private func rate(
        _ taken: (count: Int, refusal: RateScope?),
        until end: ContinuousClock.Instant,
        _ now: ContinuousClock.Instant
    ) -> Rate {
        let reset = min(60, Int((end - now).components.seconds) + 1)
        return Rate(count: taken.count, allowed: limits.token, reset: reset, refusal: taken.refusal)
    }
}

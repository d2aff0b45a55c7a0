import Synchronization

/// The policy by which a failed request is sent again: after 429 and 503, when a connection could not be made or broke, and when there was
/// no response in the time of an attempt.
///
/// Only a request that may be done twice is repeated:
/// - GET, PUT, PATCH and DELETE;
/// - a POST that changes nothing (decisions and simulations);
/// - a POST under an idempotency key that the host honors.
///
/// A request with an entity tag (``CallOptions/ifMatch``) is repeated only when it was surely not done, because otherwise it may have
/// changed the tag itself.
///
/// The wait grows from ``firstDelay`` twofold each time, up to ``longestDelay``, and is a random part of that, a tenth at least. Where the
/// response has `Retry-After`, the wait begins after that time. A request is not repeated when the wait could not end within the call's
/// time.
///
/// A client has a budget, so that many callers do not overload a host that is in trouble. Each retry costs one, each success gives a tenth
/// back, and the budget is ten at most. When the budget is spent, a request is not retried; the log and the counter
/// `messaging_client_retries_denied` report it. A 429 with `Retry-After` costs nothing, because the host itself states when it has room.
///
/// This policy does not apply to a 401: where the client can get another token, it sends the request once more with that token.
public struct RetryPolicy: Hashable, Sendable {
    /// The largest number of attempts, including the first one.
    public var attempts: Int
    /// The longest wait before the second attempt.
    public var firstDelay: Duration
    /// The longest wait before any attempt, in addition to the time of `Retry-After`.
    public var longestDelay: Duration

    /// Creates a policy; by default, that of a client: 4 attempts, from 200 milliseconds to 10 seconds apart.
    public init(attempts: Int = 4, firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(10)) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// The policy that repeats no request. A request that gets another token after a 401 is still sent again.
    public static let never = RetryPolicy(attempts: 1)

    /// Returns the wait after the attempt with this number, from 1. `random` selects the part of the longest wait.
    func delay(after attempt: Int, random: (ClosedRange<Double>) -> Double) -> Duration {
        let longest = min(longestDelay, firstDelay * (1 << min(max(attempt - 1, 0), 20)))
        return longest * random(0.1...1)
    }
}

/// The retry budget of a client; see ``RetryPolicy``.
final class RetryBudget: Sendable {
    private let tenths = Mutex(100)

    /// Takes the cost of a retry. Returns false if the budget is too small.
    func spend() -> Bool {
        tenths.withLock { tenths in
            guard tenths >= 10 else { return false }
            tenths -= 10
            return true
        }
    }

    /// Gives back a tenth of a retry, for a success.
    func earn() { tenths.withLock { $0 = min(100, $0 + 1) } }
}

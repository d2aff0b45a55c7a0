import Synchronization

/// When a request that failed is sent again: after 429 and 503, when a connection could not be made or broke, and when there was no
/// answer in the time of an attempt.
///
/// Only a request is repeated that may be done twice: GET, PUT, PATCH and DELETE, and a POST under an idempotency key that the host
/// honours. A request with an entity tag (``CallOptions/ifMatch``) is repeated only when it was surely not done, for otherwise it may
/// have changed the tag itself. The wait grows from ``firstDelay`` twofold each time, up to ``longestDelay``, and is a random part of
/// that, a tenth at least; where the host tells `Retry-After` it comes after that time. Nothing is repeated that could not end within
/// the call's time.
public struct RetryPolicy: Hashable, Sendable {
    /// How often a request is sent at most, the first time counted.
    public var attempts: Int
    /// The longest wait before the second attempt.
    public var firstDelay: Duration
    /// The longest wait before any attempt, beside what the host asks for.
    public var longestDelay: Duration

    /// The policy of a client unless told: 4 attempts, from 200 milliseconds to 10 seconds apart.
    public init(attempts: Int = 4, firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(10)) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// No request is sent twice.
    public static let never = RetryPolicy(attempts: 1)

    /// The wait after the attempt of this number, from 1.
    func delay(after attempt: Int) -> Duration {
        let longest = min(longestDelay, firstDelay * (1 << min(max(attempt - 1, 0), 20)))
        return longest * Double.random(in: 0.1...1)
    }
}

/// What a client spends on retries, so that many callers do not drown a host that is in trouble: each retry costs one, each
/// success gives a tenth back, and there are ten at most.
final class RetryBudget: Sendable {
    private let tenths = Mutex(100)

    /// Takes what a retry costs; false when there is not enough.
    func spend() -> Bool {
        tenths.withLock { tenths in
            guard tenths >= 10 else { return false }
            tenths -= 10
            return true
        }
    }

    func earn() { tenths.withLock { $0 = min(100, $0 + 1) } }
}

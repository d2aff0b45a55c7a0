import Crypto
import MessagingContract
import Synchronization

/// A limit on guesses of secrets. It counts the failures of each client id from each address.
///
/// It keeps digests of these pairs, so its memory is bounded for any input. When it is full, it drops the pairs that were not used for the
/// longest time.
final class GuessLimiter: Sendable {
    /// A client id as it was sent, known or not, with the address of the request.
    struct Source: Hashable, Sendable {
        private let digest: [UInt8]

        init(client: String, address: String?) {
            var hash = SHA256()
            hash.update(data: Array("\(client.utf8.count) \(client)".utf8))
            let site = address.flatMap { NetworkAddress($0)?.site }
            hash.update(data: Array((site.map { "\($0)" } ?? address ?? "").utf8))
            digest = Array(hash.finalize())
        }
    }

    private struct Window {
        let start: ContinuousClock.Instant
        var failures = 0
        /// The client that the last failed request named.
        var named = NamedClient.unknown

        /// Returns the time until the window ends, or nil if it has ended.
        func rest(at now: ContinuousClock.Instant) -> Duration? {
            let end = start.advanced(by: GuessLimiter.length)
            return now < end ? end - now : nil
        }
    }

    /// The number of failures in a window after which all requests of the same source are refused until the window ends.
    static let failures = 10
    /// The length of a window, from its first failure on.
    static let length = Duration.seconds(60)

    private let windows: Mutex<RecentlyUsed<Source, Window>>

    /// Creates a limiter for at most `capacity` sources.
    init(capacity: Int = 65_536) { windows = Mutex(RecentlyUsed(capacity: capacity)) }

    /// Throws 429 while one of the sources has failed too often.
    func check(_ sources: Set<Source>, at now: ContinuousClock.Instant) throws(APIError) {
        try windows.withLock { (windows) throws(APIError) in try Self.check(sources, at: now, &windows) }
    }

    /// Returns the client that the last recorded failure of one of the sources named, or nil if none of them is recorded.
    func named(by sources: Set<Source>) -> NamedClient? {
        windows.withLock { windows in sources.compactMap { windows.value(for: $0)?.named }.first }
    }

    /// Counts a failure for each of the sources, which name a client, or drops them after a success. A source that is listed twice has
    /// failed twice. Throws 429 if one of them has failed too often meanwhile, so concurrent requests reveal no more results than
    /// sequential ones.
    func record(
        success: Bool,
        of sources: [Source],
        naming named: NamedClient = .unknown,
        at now: ContinuousClock.Instant
    ) throws(APIError) {
        try windows.withLock { (windows) throws(APIError) in
            try Self.check(Set(sources), at: now, &windows)
            for source in sources {
                if success {
                    windows.removeValue(for: source)
                } else {
                    let current = windows.value(for: source).flatMap { $0.rest(at: now) == nil ? nil : $0 }
                    var window = current ?? Window(start: now)
                    window.failures += 1
                    window.named = named
                    windows.insert(window, for: source)
                }
            }
        }
    }

    /// The number of recorded sources.
    var count: Int { windows.withLock(\.count) }

    private static func check(
        _ sources: Set<Source>,
        at now: ContinuousClock.Instant,
        _ windows: inout RecentlyUsed<Source, Window>
    ) throws(APIError) {
        let rests = sources.compactMap { source in
            windows.value(for: source).flatMap { $0.failures < failures ? nil : $0.rest(at: now) }
        }
        guard let rest = rests.max() else { return }
        throw .tooManyFailures(retryAfter: Int(rest.components.seconds) + (rest.components.attoseconds > 0 ? 1 : 0))
    }
}

import MessagingContract
import Synchronization

/// A window of a ``RateLimiter``: the counts of each organization with a request.
struct RateWindow: Sendable {
    /// The counts of an organization. Connections may hold this object for long, so the counts are dropped when the window has ended.
    final class Counts: Sendable {
        let organization: String
        let end: ContinuousClock.Instant
        private let counts = Mutex(Optional(RateCounts()))

        fileprivate init(_ organization: String, until end: ContinuousClock.Instant) {
            self.organization = organization
            self.end = end
        }

        /// Counts a request, see ``RateCounts/take(_:at:of:_:)``. Returns nil if the counts were dropped.
        func take(
            _ token: String,
            at place: inout Int?,
            of client: String,
            _ limits: RateLimits
        ) -> (count: Int, refusal: RateScope?)? {
            counts.withLock { $0?.take(token, at: &place, of: client, limits) }
        }

        /// The number of tokens with a count.
        var tokenCount: Int { counts.withLock { $0?.tokenCount ?? 0 } }

        fileprivate func drop() { counts.withLock { $0 = nil } }
    }

    let end: ContinuousClock.Instant
    private var organizations: [String: Counts] = [:]

    /// Creates a window of a minute.
    init(from start: ContinuousClock.Instant) { end = start.advanced(by: .seconds(60)) }

    /// Returns the counts of an organization.
    mutating func counts(of organization: String) -> Counts {
        if let known = organizations[organization] { return known }
        let counts = Counts(organization, until: end)
        organizations[organization] = counts
        return counts
    }

    /// The number of tokens with a count.
    var tokenCount: Int { organizations.values.reduce(0) { $0 + $1.tokenCount } }

    /// Drops all counts.
    func drop() { for counts in organizations.values { counts.drop() } }
}

/// The numbers of requests that may be sent per minute.
public struct RateLimits: Sendable {
    /// The limit for one token.
    public let token: Int
    /// The limit for all tokens of one client together.
    public let client: Int
    /// The limit for all clients of one organization together.
    public let organization: Int

    /// The largest limit, which is no limit in practice.
    public static let most = 1_000_000_000

    /// Creates limits, each of which is at least 1. These are the defaults:
    ///
    /// - for a client 3,000, or ten times the token's limit if that is more,
    /// - for an organization 30,000, or ten times the client's limit if that is more.
    public init(token: Int = 300, client: Int? = nil, organization: Int? = nil) {
        self.token = max(1, token)
        self.client = client.map { max(1, $0) } ?? max(3_000, Self.tenTimes(token))
        self.organization = organization.map { max(1, $0) } ?? max(30_000, Self.tenTimes(self.client))
    }

    /// The limits of token requests. A client gets as many tokens as a token may send requests, and an organization gets as many as a
    /// client may send requests.
    var ofTokenRequests: RateLimits { RateLimits(token: token, client: token, organization: client) }

    /// The limits of requests to revoke tokens. Each client has its own, so no other client can prevent the revocation of a leaked token.
    var ofRevocations: RateLimits { RateLimits(token: client, client: client, organization: Self.most) }

    private static func tenTimes(_ limit: Int) -> Int { limit > most / 10 ? most : limit * 10 }
}

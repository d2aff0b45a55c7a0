/// How many requests a minute may be sent.
public struct RateLimits: Sendable {
    /// With one token.
    public let token: Int
    /// With all tokens of one client.
    public let client: Int
    /// With all tokens of all clients of one organization.
    public let organization: Int

    /// The largest limit, which in practice is none.
    public static let most = 1_000_000_000

    /// Takes limits, of which each is at least 1. A client's that is not given is 3,000, and at least ten times a token's; an organization's
    /// is 30,000, and at least ten times a client's.
    public init(token: Int = 300, client: Int? = nil, organization: Int? = nil) {
        self.token = max(1, token)
        self.client = client.map { max(1, $0) } ?? max(3_000, Self.ten(token))
        self.organization = organization.map { max(1, $0) } ?? max(30_000, Self.ten(self.client))
    }

    /// The limits of requests for tokens: a client gets as many tokens as a token may send requests, and an organization as many as a
    /// client may.
    var ofTokenRequests: RateLimits { RateLimits(token: token, client: token, organization: client) }

    /// The limits of requests to revoke tokens, of which each client has its own, so that no other client can use up the revocation of
    /// a token that leaked.
    var ofRevocations: RateLimits { RateLimits(token: client, client: client, organization: Self.most) }

    private static func ten(_ limit: Int) -> Int { limit > most / 10 ? most : limit * 10 }
}

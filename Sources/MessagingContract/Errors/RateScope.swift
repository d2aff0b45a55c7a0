/// What a rate limit is for.
public enum RateScope: Sendable, CaseIterable {
    /// The requests of one token.
    case token
    /// Those of all tokens of a client.
    case client
    /// Those of all clients of an organization.
    case organization
}

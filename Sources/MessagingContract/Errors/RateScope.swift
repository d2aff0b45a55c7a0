/// The unit that a rate limit applies to.
public enum RateScope: Sendable, CaseIterable {
    /// The requests of a token.
    case token
    /// The requests of all tokens of a client.
    case client
    /// The requests of all clients of an organization.
    case organization
}

/// The owner of tokens.
struct TokenOwner: Hashable, Sendable {
    /// The id of the organization.
    let organization: String
    /// The id of the client.
    let client: String
}

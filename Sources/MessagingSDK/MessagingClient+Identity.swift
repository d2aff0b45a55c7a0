public import MessagingContract

extension MessagingClient {
    /// Returns the organization that the client's token gives access to. Genesys Cloud returns more members than the model has.
    ///
    /// Wraps `GET /api/v2/organizations/me`.
    public func organization(options: CallOptions = CallOptions()) async throws(MessagingError) -> OrganizationInfo {
        try await call(IdentityEndpoints.getOrganization, NoParameters(), options: options).value
    }

    /// Returns the user that the client's token acts as: the one that `createdBy` of an object names.
    ///
    /// Wraps `GET /api/v2/users/me`.
    public func user(options: CallOptions = CallOptions()) async throws(MessagingError) -> UserInfo {
        try await call(IdentityEndpoints.getUser, NoParameters(), options: options).value
    }

    /// Returns the organization, the OAuth client and the scopes of the client's token.
    ///
    /// Wraps `GET /api/v2/tokens/me`.
    public func token(options: CallOptions = CallOptions()) async throws(MessagingError) -> TokenInfo {
        try await call(IdentityEndpoints.getToken, NoParameters(), options: options).value
    }
}

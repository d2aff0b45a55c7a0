import HTTPTypes

/// The operations for OAuth clients.
public enum OAuthEndpoints {
    /// Issues a token (RFC 6749).
    public static let issueToken = Endpoint<NoParameters, AccessTokenRequest, AccessTokenResponse>(
        "postOauthToken",
        .post,
        "/oauth/token",
        access: .open,
        tag: "Tokens and callers",
        summary: "Issue an access token",
        errorForm: .oauth
    )
    /// Revokes a token of the requesting client (RFC 7009).
    public static let revokeToken = Endpoint<NoParameters, TokenRevocationRequest, EmptyAnswer>(
        "postOauthRevoke",
        .post,
        "/oauth/revoke",
        access: .open,
        tag: "Tokens and callers",
        summary: "Revoke an access token of the client (RFC 7009); an invalid token counts as revoked",
        errorForm: .oauth
    )
    /// Returns the metadata of the authorization server (RFC 8414), which has the addresses of these operations.
    public static let metadata = Endpoint<NoParameters, NoBody, AuthorizationServerMetadata>(
        "getWellKnownOauthAuthorizationServer",
        .get,
        "/.well-known/oauth-authorization-server",
        access: .open,
        tag: "Tokens and callers",
        summary: "Get the metadata of the OAuth authorization server (RFC 8414)"
    )

    static let operations = [issueToken.operation, revokeToken.operation, metadata.operation]
}

extension AccessTokenResponse: ReadableResponse {}

extension AuthorizationServerMetadata: ReadableResponse {}

import HTTPTypes

/// The operations that return a caller's identity and revoke its token.
public enum IdentityEndpoints {
    /// Revokes the token that the request carries.
    public static let revokeToken: Endpoint<NoParameters, NoBody, NoContent> = endpoint(
        "deleteTokensMe",
        .delete,
        tokenPath,
        "Delete auth token used to make the request."
    )
    /// Returns the rights of the token.
    public static let getToken: Endpoint<NoParameters, NoBody, TokenInfo> = endpoint(
        "getTokensMe",
        .get,
        tokenPath,
        "Fetch information about the current token"
    )
    /// Checks whether the token is valid: the same response without a body.
    public static let headToken: Endpoint<NoParameters, NoBody, HeadResponse<TokenInfo>> = endpoint(
        "headTokensMe",
        .head,
        tokenPath,
        "Verify user token"
    )
    /// Returns the organization of the token.
    public static let getOrganization: Endpoint<NoParameters, NoBody, OrganizationInfo> = endpoint(
        "getOrganizationsMe",
        .get,
        "/api/v2/organizations/me",
        "Get organization."
    )
    /// Returns the service user that the token's client acts as (our reading).
    public static let getUser: Endpoint<NoParameters, NoBody, UserInfo> = endpoint(
        "getUsersMe",
        .get,
        "/api/v2/users/me",
        "Get current user details."
    )
    /// Lists the products of the organization, which clients request at their start. Source: `AuthorizationApi.get_authorization_products`.
    public static let listProducts: Endpoint<NoParameters, NoBody, OrganizationProductListing> = endpoint(
        "getAuthorizationProducts",
        .get,
        "/api/v2/authorization/products",
        "Get the list of enabled products"
    )

    static let operations = [
        revokeToken.operation, getToken.operation, headToken.operation, getOrganization.operation, getUser.operation,
        listProducts.operation,
    ]

    private static let tokenPath = "/api/v2/tokens/me"

    private static func endpoint<Response>(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String
    ) -> Endpoint<NoParameters, NoBody, Response> {
        Endpoint(id, method, path, access: .bearer(nil), tag: "Tokens and callers", summary: summary)
    }
}

/// The operations that report whether the server runs and accepts requests.
public enum HealthEndpoints {
    /// Reports that the process runs.
    public static let live = Endpoint<NoParameters, NoBody, Health>(
        "getHealthLive",
        .get,
        "/health/live",
        access: .open,
        tag: "Server",
        summary: "Check whether the process runs"
    )
    /// Reports whether the server accepts requests; 503 while it drains.
    public static let ready = Endpoint<NoParameters, NoBody, Health>(
        "getHealthReady",
        .get,
        "/health/ready",
        access: .open,
        tag: "Server",
        summary: "Check whether the server accepts requests",
        otherStatuses: [.serviceUnavailable]
    )

    static let operations = [live.operation, ready.operation]
}

extension OrganizationInfo: ReadableResponse { public static let isTagged = true }

extension UserInfo: ReadableResponse { public static let isTagged = true }

extension OrganizationProductListing: ReadableResponse { public static let isTagged = true }

extension TokenInfo: ReadableResponse { public static let isTagged = true }

extension Health: ReadableResponse {}

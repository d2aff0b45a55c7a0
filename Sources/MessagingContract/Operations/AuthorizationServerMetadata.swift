/// What the server can do as an OAuth authorization server (RFC 8414, section 2).
public struct AuthorizationServerMetadata: WireObject {
    /// The server's base URL.
    public var issuer = ""
    /// Where tokens are issued.
    public var token_endpoint = ""
    /// Where tokens are revoked.
    public var revocation_endpoint = ""
    /// Where people read about the server.
    public var service_documentation = ""
    /// The grants that are taken.
    public var grant_types_supported = ["client_credentials"]
    /// What an authorization endpoint could answer; empty, since there is none.
    public var response_types_supported: [String] = []
    /// The scopes that a token can have.
    public var scopes_supported = Scope.allCases.map(\.rawValue)
    /// How a client shows its secret when it asks for a token.
    public var token_endpoint_auth_methods_supported = Self.authenticationMethods
    /// How a client shows its secret when it revokes one.
    public var revocation_endpoint_auth_methods_supported = Self.authenticationMethods

    /// A server with no URL.
    public init() {}

    /// The server at a base URL without a slash at its end.
    public init(baseURL: String) {
        issuer = baseURL
        token_endpoint = baseURL + OAuthEndpoints.issueToken.operation.path
        revocation_endpoint = baseURL + OAuthEndpoints.revokeToken.operation.path
        service_documentation = baseURL + DocumentEndpoints.reference.operation.path
    }

    public static let fields: [Field<Self>] = [
        .required("issuer", \.issuer, keywords: url), .required("token_endpoint", \.token_endpoint, keywords: url),
        .required("revocation_endpoint", \.revocation_endpoint, keywords: url),
        .required("service_documentation", \.service_documentation, keywords: url),
        .required("grant_types_supported", \.grant_types_supported),
        .required("response_types_supported", \.response_types_supported),
        .required("scopes_supported", \.scopes_supported),
        .required("token_endpoint_auth_methods_supported", \.token_endpoint_auth_methods_supported),
        .required("revocation_endpoint_auth_methods_supported", \.revocation_endpoint_auth_methods_supported),
    ]

    private static let url: JSON.Object = ["format": "uri"]
    private static let authenticationMethods = ["client_secret_basic", "client_secret_post"]
}

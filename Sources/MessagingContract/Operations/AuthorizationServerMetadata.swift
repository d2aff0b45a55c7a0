/// The capabilities of the server as an OAuth authorization server (RFC 8414, section 2).
public struct AuthorizationServerMetadata: WireObject {
    /// The server's base URL.
    public var issuer = ""
    /// The URL of the endpoint that issues tokens.
    public var token_endpoint = ""
    /// The URL of the endpoint that revokes tokens.
    public var revocation_endpoint = ""
    /// The URL of the documentation for people.
    public var service_documentation = ""
    /// The supported grant types.
    public var grant_types_supported = ["client_credentials"]
    /// The response types of the authorization endpoint. The list is empty, since there is no such endpoint.
    public var response_types_supported: [String] = []
    /// The scopes that a token can have.
    public var scopes_supported = Scope.allCases.map(\.rawValue)
    /// The authentication methods of a client that requests a token.
    public var token_endpoint_auth_methods_supported = Self.authenticationMethods
    /// The authentication methods of a client that revokes a token.
    public var revocation_endpoint_auth_methods_supported = Self.authenticationMethods

    /// Creates metadata without URLs.
    public init() {}

    /// Creates the metadata of the server at a base URL, which has no slash at its end.
    public init(baseURL: String) {
        issuer = baseURL
        token_endpoint = baseURL + OAuthEndpoints.issueToken.operation.path
        revocation_endpoint = baseURL + OAuthEndpoints.revokeToken.operation.path
        service_documentation = baseURL + PageEndpoints.reference.operation.path
    }

    public static let fields: [Field<Self>] = [
        .required("issuer", \.issuer, constraint: url), .required("token_endpoint", \.token_endpoint, constraint: url),
        .required("revocation_endpoint", \.revocation_endpoint, constraint: url),
        .required("service_documentation", \.service_documentation, constraint: url),
        .required("grant_types_supported", \.grant_types_supported),
        .required("response_types_supported", \.response_types_supported),
        .required("scopes_supported", \.scopes_supported),
        .required("token_endpoint_auth_methods_supported", \.token_endpoint_auth_methods_supported),
        .required("revocation_endpoint_auth_methods_supported", \.revocation_endpoint_auth_methods_supported),
    ]

    private static let url = Constraint<String>(["format": "uri"])
    private static let authenticationMethods = ["client_secret_basic", "client_secret_post"]
}

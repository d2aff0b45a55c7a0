/// The response to a token request (RFC 6749, section 5.1).
public struct AccessTokenResponse: WireObject {
    /// The opaque token.
    public var access_token = ""
    /// Always `bearer`.
    public var token_type = "bearer"
    /// The number of seconds until the token expires.
    public var expires_in = 0
    /// The scopes of the token, separated by spaces.
    public var scope = ""

    /// Creates an empty response.
    public init() {}

    /// Creates a response for a token with this lifetime in seconds and these scopes.
    public init(token: String, lifetime: Int, scopes: [Scope]) {
        access_token = token
        expires_in = lifetime
        scope = scopes.map(\.rawValue).joined(separator: " ")
    }

    public static let fields: [Field<Self>] = [
        .required("access_token", \.access_token), .required("token_type", \.token_type),
        .required("expires_in", \.expires_in), .required("scope", \.scope),
    ]
}

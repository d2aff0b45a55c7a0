/// A challenge, which a refusal carries in the field `WWW-Authenticate`.
public enum Challenge: Hashable, Sendable {
    /// The client must authenticate with its id and secret (RFC 7617).
    case basic
    /// The request has no token and needs one (RFC 6750, section 3).
    case bearer
    /// The request needs another token: this one is malformed, unknown, expired or revoked.
    case invalidToken
    /// The request needs a token with this scope.
    case insufficientScope(Scope)

    /// The value of the header field.
    public var field: String {
        switch self {
        case .basic: #"Basic realm="messaging""#
        case .bearer: #"Bearer realm="messaging""#
        case .invalidToken:
            Self.bearer.field + #", error="invalid_token", error_description="\#(Self.aboutInvalidToken)""#
        case .insufficientScope(let scope):
            Self.bearer.field + #", error="insufficient_scope", scope="\#(scope.rawValue)""#
        }
    }

    private static let aboutInvalidToken = "The access token is malformed, unknown, expired or revoked"
}

/// What the field `WWW-Authenticate` of a refusal asks for.
public enum Challenge: Hashable, Sendable {
    /// That a client shows its id and secret (RFC 7617).
    case basic
    /// A token (RFC 6750, section 3), where there was none.
    case bearer
    /// Another token: this one is malformed, unknown, expired or revoked.
    case invalidToken
    /// A token that has this scope.
    case insufficientScope(Scope)

    /// The value of the field.
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

/// The errors of the OAuth endpoints (RFC 6749, section 5.2).
public enum OAuthError: String, Sendable, CaseIterable {
    /// 400: a parameter is missing, given twice, or contradicts another.
    case invalidRequest = "invalid_request"
    /// 401: no such client, or not its secret.
    case invalidClient = "invalid_client"
    /// 400: a grant that this server does not know.
    case unsupportedGrantType = "unsupported_grant_type"
    /// 400: a scope that does not exist, or that the client does not have.
    case invalidScope = "invalid_scope"
    /// 503: the token could not be stored.
    case temporarilyUnavailable = "temporarily_unavailable"
    /// 500: a bug; the log has the cause.
    case serverError = "server_error"
}

extension APIError {
    /// An error of an OAuth endpoint: 401 for `invalid_client`, 400 for the others.
    public static func oauth(_ error: OAuthError, _ description: String) -> APIError {
        APIError(status: error == .invalidClient ? 401 : 400, code: error.rawValue, message: description)
    }

    /// The code of this error at an OAuth endpoint; that of an error from elsewhere follows from its status.
    public var oauthError: OAuthError {
        if let error = OAuthError(rawValue: code) { return error }
        return switch status {
        case 503: .temporarilyUnavailable
        case 500...: .serverError
        default: .invalidRequest
        }
    }

    /// The body at an OAuth endpoint, with the vendor's second name for the description.
    public var oauthJSON: JSON {
        [
            "error": .string(oauthError.rawValue), "description": .string(message),
            "error_description": .string(message),
        ]
    }
}

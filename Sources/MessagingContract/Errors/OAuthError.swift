/// The errors of the OAuth endpoints (RFC 6749, section 5.2).
public enum OAuthError: String, Sendable, CaseIterable {
    /// 400: a parameter is missing, given twice, or contradicts another; 429: the client failed too often to authenticate,
    /// sent too many requests, or has as many tokens as it may have.
    case invalidRequest = "invalid_request"
    /// 401: no such client, or not its secret.
    case invalidClient = "invalid_client"
    /// 400: the token was issued to another client.
    case invalidGrant = "invalid_grant"
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
        let status = error == .invalidClient ? 401 : 400
        let refusal = APIError(status: status, code: error.rawValue, message: description)
        return error == .invalidClient ? refusal.challenging(.basic) : refusal
    }

    /// 429 of an OAuth endpoint: a client failed too often to authenticate; `seconds` until it may try again.
    public static func tooManyFailures(retryAfter seconds: Int) -> APIError {
        tooMany("the client failed too often to authenticate", seconds)
    }

    /// 429 of an OAuth endpoint: a client, or all clients of its organization together, asked for too many tokens; `seconds` until it
    /// may try again.
    public static func tooManyTokens(of scope: RateScope = .client, retryAfter seconds: Int) -> APIError {
        let who = scope == .organization ? "the clients of the organization together" : "the client"
        return tooMany("\(who) asked for too many tokens", seconds)
    }

    /// 429 of an OAuth endpoint: a client sent too many requests to revoke tokens; `seconds` until it may try again.
    public static func tooManyRevocations(retryAfter seconds: Int) -> APIError {
        tooMany("the client sent too many requests to revoke tokens", seconds)
    }

    /// 429 of an OAuth endpoint: a client has as many tokens as it may have that have not expired.
    ///
    /// It has no `Retry-After`, since there may be no room for as long as a token is valid, and clients sleep until that time.
    public static func tooManyLiveTokens(limit: Int) -> APIError {
        var error = oauth(
            .invalidRequest,
            "token limit reached; the client has \(limit) tokens that have not expired, as many as it may have: "
                + "use a token until it expires instead of asking for another, and revoke those that are not used any more"
        )
        error.status = 429
        return error
    }

    /// The description begins as the vendor's does.
    private static func tooMany(_ reason: String, _ seconds: Int) -> APIError {
        var error = oauth(.invalidRequest, "rate limit exceeded; \(reason), it may try again in \(seconds) seconds")
        error.status = 429
        return error.retriable(after: seconds)
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

/// An error code of the OAuth endpoints (RFC 6749, section 5.2).
public enum OAuthError: String, Sendable, CaseIterable {
    /// The request is invalid, with one of these statuses:
    ///
    /// - 400: a parameter is missing, is given twice, or contradicts another one.
    /// - 429: the client failed too often to authenticate, sent too many requests, or has as many tokens as allowed.
    case invalidRequest = "invalid_request"
    /// 401: the client does not exist, or its secret is wrong.
    case invalidClient = "invalid_client"
    /// 400: the token was issued to another client.
    case invalidGrant = "invalid_grant"
    /// 400: this server does not support the grant type.
    case unsupportedGrantType = "unsupported_grant_type"
    /// 400: the scope does not exist, or the client does not have it.
    case invalidScope = "invalid_scope"
    /// 503: the token could not be stored.
    case temporarilyUnavailable = "temporarily_unavailable"
    /// 500: a bug in the server. The log has the cause.
    case serverError = "server_error"
}

extension APIError {
    /// Returns an error of an OAuth endpoint: 401 for `invalid_client`, 400 for all other codes.
    public static func oauth(_ error: OAuthError, _ description: String) -> APIError {
        let status = error == .invalidClient ? 401 : 400
        let refusal = APIError(status: status, code: error.rawValue, message: description)
        return error == .invalidClient ? refusal.challenging(.basic) : refusal
    }

    /// Returns a 429 of an OAuth endpoint for a client that failed too often to authenticate. It may try again in `seconds`.
    public static func tooManyFailures(retryAfter seconds: Int) -> APIError {
        tooMany("the client failed too often to authenticate", seconds)
    }

    /// Returns a 429 of an OAuth endpoint for a client, or an organization's clients together, that requested too many tokens. The client
    /// may try again in `seconds`.
    public static func tooManyTokens(of scope: RateScope = .client, retryAfter seconds: Int) -> APIError {
        let who = scope == .organization ? "the clients of the organization together" : "the client"
        return tooMany("\(who) requested too many tokens", seconds)
    }

    /// Returns a 429 of an OAuth endpoint for a client that sent too many requests to revoke tokens. It may try again in `seconds`.
    public static func tooManyRevocations(retryAfter seconds: Int) -> APIError {
        tooMany("the client sent too many requests to revoke tokens", seconds)
    }

    /// Returns a 429 of an OAuth endpoint for a client that has as many unexpired tokens as allowed.
    ///
    /// The error has no `Retry-After`: there may be no room until a token expires, and clients sleep for the given time.
    public static func tooManyLiveTokens(limit: Int) -> APIError {
        var error = oauth(
            .invalidRequest,
            "token limit reached; the client has \(limit) unexpired tokens, which is the maximum: "
                + "use a token until it expires instead of requesting another, and revoke tokens that are no longer used"
        )
        error.status = 429
        return error
    }

    /// Returns a 429 whose description begins like the vendor's.
    private static func tooMany(_ reason: String, _ seconds: Int) -> APIError {
        var error = oauth(.invalidRequest, "rate limit exceeded; \(reason), it may try again in \(seconds) seconds")
        error.status = 429
        return error.retriable(after: seconds)
    }

    /// The code of this error at an OAuth endpoint. For an error of another origin, the code follows from its status.
    public var oauthError: OAuthError {
        if let error = OAuthError(rawValue: code) { return error }
        return switch status {
        case 503: .temporarilyUnavailable
        case 500...: .serverError
        default: .invalidRequest
        }
    }

    /// The body of this error at an OAuth endpoint. It has the description under the vendor's second name too.
    public var oauthJSON: JSON {
        [
            "error": .string(oauthError.rawValue), "description": .string(message),
            "error_description": .string(message),
        ]
    }
}

package import HTTPTypes

/// Header fields of the API. Their case is the vendor's, because one of the vendor's clients looks for exactly this spelling.
extension HTTPField.Name {
    package static let correlationID = vendor("ININ-Correlation-Id")
    package static let genesysCorrelationID = vendor("Genesys-Correlation-Id")
    package static let rateLimitCount = vendor("inin-ratelimit-count")
    package static let rateLimitAllowed = vendor("inin-ratelimit-allowed")
    package static let rateLimitReset = vendor("inin-ratelimit-reset")
    /// Sent by the vendor's SDKs with every request.
    package static let clientVersion = vendor("purecloud-sdk")
    package static let idempotencyKey = vendor("Idempotency-Key")
    package static let deprecation = vendor("Deprecation")
    package static let link = vendor("Link")
    /// RFC 7240. The only supported preference is our own `progress`, which requests interim responses 102 (Processing).
    package static let prefer = vendor("Prefer")
    /// The progress of a backup in an interim response: `12/345` pages.
    package static let progress = vendor("Messaging-Progress")
    /// The database of an administration request, as the system's numbers of its file. A server with another database refuses the request.
    package static let database = vendor("Messaging-Database")

    /// Returns a field name with exactly this spelling. Every name here is valid, so the fallback is never used.
    private static func vendor(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .server
    }
}

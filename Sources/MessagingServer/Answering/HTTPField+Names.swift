import HTTPTypes

/// Header fields of the API. The case is the vendor's: one of its clients looks for exactly this one.
extension HTTPField.Name {
    static let correlationID = vendor("ININ-Correlation-Id")
    static let genesysCorrelationID = vendor("Genesys-Correlation-Id")
    static let rateLimitCount = vendor("inin-ratelimit-count")
    static let rateLimitAllowed = vendor("inin-ratelimit-allowed")
    static let rateLimitReset = vendor("inin-ratelimit-reset")
    /// Sent by the vendor's SDKs with every request.
    static let clientVersion = vendor("purecloud-sdk")
    static let idempotencyKey = vendor("Idempotency-Key")
    static let pragma = vendor("Pragma")
    static let deprecation = vendor("Deprecation")
    static let link = vendor("Link")
    static let forwardedFor = vendor("X-Forwarded-For")
    static let forwardedProto = vendor("X-Forwarded-Proto")

    private static func vendor(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .init(parsed: name) ?? .server
    }
}

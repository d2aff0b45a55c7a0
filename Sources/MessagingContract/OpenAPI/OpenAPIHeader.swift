/// A header field of answers, as the document tells it.
struct OpenAPIHeader: Sendable {
    let name: String
    let about: String
    let schema: JSON
    /// What tells it from another one of this name among the components.
    var variant = ""
    var isRequired = true

    static let correlation = text("ININ-Correlation-Id", "The id of the request, which the log has too")
    static let clientChallenge = challenge("How a client authenticates (RFC 7617)", "Basic", [.basic])
    static let tokenChallenge = challenge(
        "Which token is needed (RFC 6750)",
        "Bearer",
        [.bearer, .invalidToken]
    )
    static let scopeChallenge = challenge(
        "Which scope is needed (RFC 6750), when it is a scope that is missing",
        "Scope",
        Scope.allCases.map(Challenge.insufficientScope),
        isRequired: false
    )
    static let deprecation = text("Deprecation", "Since when the operation is deprecated (RFC 9745)", "^@[0-9]+$")
    static let successor = text("Link", "The operation that replaces it, with rel=\"successor-version\" (RFC 8288)")
    static let entityTag = text("ETag", "The entity tag of the bytes, for If-Match and If-None-Match", "^\"[^\"]+\"$")
    static let retryAfter = count("Retry-After", "Seconds until the same request may succeed")
    static let rates = [
        count("inin-ratelimit-count", "Requests of the token in this window"),
        count("inin-ratelimit-allowed", "Requests that it may have in a window"),
        count("inin-ratelimit-reset", "Seconds until the next window"),
    ]

    /// Every one of them by name, for the components.
    static let all = JSON.Object(
        ([correlation, clientChallenge, tokenChallenge, scopeChallenge, deprecation, successor, entityTag, retryAfter]
            + rates).map { ($0.component, $0.json) }
    )

    /// Those of every answer of an operation.
    static func always(of operation: APIOperation) -> [OpenAPIHeader] {
        [correlation] + (operation.successor == nil ? [] : [deprecation, successor])
    }

    /// Those of the answers to a token that was taken.
    static func rate(of operation: APIOperation) -> [OpenAPIHeader] { operation.access == .open ? [] : rates }

    /// That of the answers with an object.
    static func tag(of operation: APIOperation) -> [OpenAPIHeader] { operation.content.isTagged ? [entityTag] : [] }

    var reference: JSON { ["$ref": .string("#/components/headers/\(component)")] }

    private var component: String { variant.isEmpty ? name : "\(name)-\(variant)" }
    private var json: JSON { ["description": .string(about), "required": .bool(isRequired), "schema": schema] }

    /// The field that has one of these challenges.
    private static func challenge(
        _ about: String,
        _ variant: String,
        _ challenges: [Challenge],
        isRequired: Bool = true
    ) -> OpenAPIHeader {
        OpenAPIHeader(
            name: "WWW-Authenticate",
            about: about,
            schema: ["type": "string", "enum": .array(challenges.map { .string($0.field) })],
            variant: variant,
            isRequired: isRequired
        )
    }

    private static func text(_ name: String, _ about: String, _ pattern: String? = nil) -> OpenAPIHeader {
        var schema: JSON.Object = ["type": "string"]
        schema["pattern"] = pattern.map { .string($0) }
        return OpenAPIHeader(name: name, about: about, schema: .object(schema))
    }

    private static func count(_ name: String, _ about: String) -> OpenAPIHeader {
        OpenAPIHeader(name: name, about: about, schema: ["type": "integer", "minimum": 0])
    }
}

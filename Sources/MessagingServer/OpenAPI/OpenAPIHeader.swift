import HTTPTypes
import MessagingContract

/// A header field of responses, as the OpenAPI document describes it.
struct OpenAPIHeader: Sendable {
    let name: String
    let about: String
    let schema: JSON
    /// The suffix that distinguishes it from another header field of this name among the components.
    var variant = ""
    var isRequired = true

    static let correlation = text(.correlationID, "The correlation id of the request, which is also in the log")
    static let clientChallenge = challenge("How the client must authenticate (RFC 7617)", "Basic", [.basic])
    static let tokenChallenge = challenge(
        "The kind of token that the request needs (RFC 6750)",
        "Bearer",
        [.bearer, .invalidToken]
    )
    static let scopeChallenge = challenge(
        "The scope that the token lacks (RFC 6750); absent if a permission is missing",
        "Scope",
        Scope.allCases.map(Challenge.insufficientScope),
        isRequired: false
    )
    static let deprecation = text(
        .deprecation,
        "The time since which the operation is deprecated (RFC 9745)",
        "^@[0-9]+$"
    )
    static let successor = text(.link, "The operation that replaces it, with rel=\"successor-version\" (RFC 8288)")
    static let entityTag = text(.eTag, "The entity tag of the bytes, for If-Match and If-None-Match", "^\"[^\"]+\"$")
    static let acceptEncoding = text(
        .acceptEncoding,
        "`identity`, if the body has a content coding",
        isRequired: false
    )
    static let retryAfter = count(.retryAfter, "The number of seconds until the same request may succeed")
    static let rates = [
        count(.rateLimitCount, "The number of requests of the token in the current window"),
        count(.rateLimitAllowed, "The number of requests that the token may send in a window"),
        count(.rateLimitReset, "The number of seconds until the next window"),
    ]

    /// All header fields by name, for the components.
    static let all = JSON.Object(
        ([
            correlation, clientChallenge, tokenChallenge, scopeChallenge, deprecation, successor, entityTag,
            acceptEncoding, retryAfter,
        ] + rates).map { ($0.component, $0.json) }
    )

    /// Returns the header fields of every response of an operation.
    static func always(of operation: APIOperation) -> [OpenAPIHeader] {
        [correlation] + (operation.successor == nil ? [] : [deprecation, successor])
    }

    /// Returns the header fields of responses to a request with an accepted token.
    static func rate(of operation: APIOperation) -> [OpenAPIHeader] { operation.access == .open ? [] : rates }

    /// Returns the header field of responses with an object.
    static func tag(of operation: APIOperation) -> [OpenAPIHeader] { operation.content.isTagged ? [entityTag] : [] }

    var reference: JSON { ["$ref": .string("#/components/headers/\(component)")] }

    private var component: String { variant.isEmpty ? name : "\(name)-\(variant)" }
    private var json: JSON { ["description": .string(about), "required": .bool(isRequired), "schema": schema] }

    /// Returns the field with one of these challenges.
    private static func challenge(
        _ about: String,
        _ variant: String,
        _ challenges: [Challenge],
        isRequired: Bool = true
    ) -> OpenAPIHeader {
        OpenAPIHeader(
            name: HTTPField.Name.wwwAuthenticate.rawName,
            about: about,
            schema: ["type": "string", "enum": .array(challenges.map { .string($0.field) })],
            variant: variant,
            isRequired: isRequired
        )
    }

    private static func text(
        _ name: HTTPField.Name,
        _ about: String,
        _ pattern: String? = nil,
        isRequired: Bool = true
    ) -> OpenAPIHeader {
        var schema: JSON.Object = ["type": "string"]
        schema["pattern"] = pattern.map { .string($0) }
        return OpenAPIHeader(name: name.rawName, about: about, schema: .object(schema), isRequired: isRequired)
    }

    private static func count(_ name: HTTPField.Name, _ about: String) -> OpenAPIHeader {
        OpenAPIHeader(name: name.rawName, about: about, schema: ["type": "integer", "minimum": 0])
    }
}

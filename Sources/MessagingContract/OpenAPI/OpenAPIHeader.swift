/// A header field of answers, as the document tells it.
struct OpenAPIHeader: Sendable {
    let name: String
    let about: String
    let schema: JSON

    static let correlation = text("ININ-Correlation-Id", "The id of the request, which the log has too")
    static let challenge = text("WWW-Authenticate", "How to authenticate")
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
        ([correlation, challenge, deprecation, successor, entityTag, retryAfter] + rates).map { ($0.name, $0.json) }
    )

    /// Those of every answer of an operation.
    static func always(of operation: APIOperation) -> [OpenAPIHeader] {
        [correlation] + (operation.successor == nil ? [] : [deprecation, successor])
    }

    /// Those of the answers to a token that was taken.
    static func rate(of operation: APIOperation) -> [OpenAPIHeader] { operation.access == .open ? [] : rates }

    /// That of the answers with an object.
    static func tag(of operation: APIOperation) -> [OpenAPIHeader] { operation.content.isTagged ? [entityTag] : [] }

    var reference: JSON { ["$ref": .string("#/components/headers/\(name)")] }

    private var json: JSON { ["description": .string(about), "required": true, "schema": schema] }

    private static func text(_ name: String, _ about: String, _ pattern: String? = nil) -> OpenAPIHeader {
        var schema: JSON.Object = ["type": "string"]
        schema["pattern"] = pattern.map { .string($0) }
        return OpenAPIHeader(name: name, about: about, schema: .object(schema))
    }

    private static func count(_ name: String, _ about: String) -> OpenAPIHeader {
        OpenAPIHeader(name: name, about: about, schema: ["type": "integer", "minimum": 0])
    }
}

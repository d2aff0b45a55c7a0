import HTTPTypes
import MessagingContract

/// One response of an operation, as the OpenAPI document describes it.
struct OpenAPIAnswer: Sendable {
    /// Its name among the components.
    let name: String
    let status: Int
    let about: String
    let schema: Schema?
    var mediaType = "application/json"
    let headers: [OpenAPIHeader]

    /// Returns the successful responses of an operation.
    static func successes(of operation: APIOperation) -> [OpenAPIAnswer] {
        let content = operation.content
        let headers = OpenAPIHeader.always(of: operation) + OpenAPIHeader.rate(of: operation)
        var answers = ([operation.success] + operation.otherStatuses).map { status in
            OpenAPIAnswer(
                name: operation.id,
                status: status.code,
                about: status.reasonPhrase,
                schema: operation.method == .head ? nil : content.response,
                mediaType: content.mediaType,
                headers: headers + OpenAPIHeader.tag(of: operation)
            )
        }
        if content.mayBeEmpty {
            let about = "No Content: the organization has no default"
            answers.append(
                OpenAPIAnswer(name: operation.id, status: 204, about: about, schema: nil, headers: headers)
            )
        }
        if operation.isRetrieval, content.isTagged {
            let about = "Not Modified: the client has the current object, according to its If-None-Match"
            let headers = headers + OpenAPIHeader.tag(of: operation)
            answers.append(
                OpenAPIAnswer(name: operation.id, status: 304, about: about, schema: nil, headers: headers)
            )
        }
        return answers
    }

    /// Returns the error responses of an operation.
    static func refusals(of operation: APIOperation) -> [OpenAPIAnswer] {
        let isOAuth = operation.errorForm == .oauth
        let isOpen = operation.access == .open
        return reasons(of: operation, isOAuth: isOAuth, isOpen: isOpen).map { reason in
            var headers = OpenAPIHeader.always(of: operation)
            if reason.status == 401 { headers.append(isOAuth ? .clientChallenge : .tokenChallenge) }
            if reason.status == 403 { headers.append(.scopeChallenge) }
            if reason.status == 415 { headers.append(.acceptEncoding) }
            if reason.status == 429 { headers += [.retryAfter] + OpenAPIHeader.rate(of: operation) }
            let isHead = operation.method == .head
            let family = isOAuth ? "OAuth" : operation.successor != nil ? "Deprecated" : isHead ? "Head" : ""
            return OpenAPIAnswer(
                name: family + reason.name,
                status: reason.status,
                about: reason.about,
                schema: isHead ? nil : isOAuth ? APIError.oauthSchema : APIError.schema(.response),
                headers: headers
            )
        }
    }

    private typealias Reason = (status: Int, name: String, about: String)

    private static func reasons(of operation: APIOperation, isOAuth: Bool, isOpen: Bool) -> [Reason] {
        var reasons: [Reason] = [(400, "BadRequest", "The request is malformed or breaks a rule")]
        if isOAuth { reasons.append((401, "Unauthorized", "The client is unknown, or the secret is wrong")) }
        if !isOpen { reasons.append((401, "Unauthorized", "The token is missing or invalid")) }
        if operation.access == .bearer(.messaging) || operation.access == .bearer(.readOnly) {
            reasons.append((403, "Forbidden", "A permission or the scope is missing"))
        }
        if operation.content.mayMiss { reasons.append((404, "NotFound", "The object does not exist")) }
        if operation.isConditional {
            reasons.append(
                (412, "PreconditionFailed", "The object is not in the state that If-Match or If-None-Match requires")
            )
        }
        if operation.takesIdempotencyKey {
            reasons.append(
                (409, "ResponseGone", "The request was made before, and its response is no longer available")
            )
            reasons.append((422, "KeyReused", "A different request was made with this Idempotency-Key"))
        }
        if operation.body != .none {
            reasons.append((413, "ContentTooLarge", "The body is too large"))
            reasons.append(
                (
                    415, "UnsupportedMediaType",
                    "The media type or charset of the body is not supported, or the body has a content coding"
                )
            )
        }
        if operation.content.parameters.contains(where: { $0.mediaType != nil }) {
            reasons.append((414, "TargetTooLong", "The request target is longer than 8 KiB"))
        }
        if !isOpen {
            reasons.append((429, "TooManyRequests", "The token, its client or its organization sent too many requests"))
        }
        if isOAuth {
            reasons.append(
                (429, "TooManyRequests", "The client failed too often to authenticate, or sent too many requests")
            )
        }
        if !isOpen || isOAuth {
            reasons.append(
                (500, "InternalServerError", "A bug in the server; the log has its cause under the correlation id")
            )
            reasons.append(
                (
                    503, "ServiceUnavailable",
                    "The server cannot process the request now; the message states whether anything was changed"
                )
            )
        }
        return reasons
    }

    var json: JSON {
        var object: JSON.Object = ["description": .string(about)]
        object["headers"] = .object(JSON.Object(headers.map { ($0.name, $0.reference) }))
        if let schema {
            object["content"] = .object(JSON.Object([(mediaType, JSON.object(["schema": schema.json]))]))
        }
        return .object(object)
    }
}

extension APIError {
    /// The schema of errors at the OAuth endpoints.
    fileprivate static let oauthSchema = Schema([
        "type": "object",
        "properties": [
            "error": ["type": "string", "enum": .array(OAuthError.allCases.map { .string($0.rawValue) })],
            "description": ["type": "string"], "error_description": ["type": "string"],
        ],
        "required": ["error", "description", "error_description"], "additionalProperties": false,
    ]).named("OAuthError")
}

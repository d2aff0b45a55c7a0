extension APIError {
    /// Returns a 400 for a request that makes no sense as a whole.
    public static func badRequest(_ message: String) -> APIError {
        APIError(status: 400, code: "bad.request", message: message)
    }

    /// Returns a 400 for a field of the body that names an object that the organization does not have.
    public static func unknownReference(_ field: String, to what: String) -> APIError {
        var error = badRequest("There is no \(what) with this id.")
        error.details = [Detail(errorCode: error.code, fieldName: field)]
        return error
    }

    /// Returns a 400 for input that is not a valid HTTP/1.1 request. `reason` is the end of a sentence that begins with "because".
    public static func malformed(_ reason: String) -> APIError {
        .badRequest("The request could not be understood by the server due to malformed syntax: \(reason).")
    }

    /// Returns a 400 for a query parameter with a value that is not allowed.
    public static func invalidParameter(_ name: String, value: String, allowed: String) -> APIError {
        APIError(
            status: 400,
            code: "invalid.query.param.value",
            template: "Value [{value}] is not valid for parameter [{parameter}]. Allowable values are: {allowed}",
            parameters: ["value": value.shortened, "parameter": name, "allowed": allowed],
            details: [Detail(errorCode: "invalid.query.param.value", fieldName: name)]
        )
    }

    /// Returns a 400 for a query parameter that has no meaning without another one.
    static func invalidParameter(_ name: String, asksFor other: String) -> APIError {
        APIError(
            status: 400,
            code: "invalid.query.param.value",
            template: "The parameter [{parameter}] requires the parameter [{other}]",
            parameters: ["parameter": name, "other": other],
            details: [Detail(errorCode: "invalid.query.param.value", fieldName: name)]
        )
    }

    /// Creates a 400 that names a field of the body in `details`. If the body itself is wrong, the code is `bad.request`.
    public init(_ field: FieldError) {
        let name = field.path
        switch field.reason {
        case .invalid(let value, let type, _) where name.isEmpty:
            self = .badRequest("The request's body must be an \(type), but is \(value).")
        case .missing:
            self = .constraint("{field} is required", field: name)
        case .constraint(let sentence):
            self = .constraint("{field} \(sentence)", field: name)
        case .invalid(let value, let type, let allowed):
            let values = allowed.isEmpty ? "any \(type)" : allowed.joined(separator: ", ")
            self.init(
                status: 400,
                code: "invalid.value",
                template: "Value [{value}] is not valid for field type [{type}]. Allowable values are: {allowed}",
                parameters: ["value": value, "type": type, "allowed": values],
                details: [Detail(errorCode: "invalid.value", fieldName: name)]
            )
        }
    }

    private static func constraint(_ template: String, field: String) -> APIError {
        APIError(
            status: 400,
            code: "constraint.validation",
            template: template,
            parameters: ["field": field],
            details: [Detail(errorCode: "constraint.validation", fieldName: field)]
        )
    }

    /// Returns a 400 for an object that would exceed the organization's quota for its kind.
    public static func quotaExceeded(_ what: String, limit: Int) -> APIError {
        APIError(
            status: 400,
            code: "quota.exceeded",
            template: "The organization has the maximum number of {what}: {limit}.",
            parameters: ["what": what, "limit": "\(limit)"]
        )
    }

    /// Returns a 400 for a change that would make an object larger than its kind allows.
    public static func objectTooLarge(limit: Int) -> APIError {
        APIError(
            status: 400,
            code: "constraint.validation",
            template: "The object would be over the size limit of its kind. Maximum bytes of its JSON: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// 400: the requested page would have more bytes than a response may have.
    public static let responseTooLarge = APIError(
        status: 400,
        code: "response.entity.too.large",
        message:
            "The response is over the size limit. Reduce pageSize or expand list to reduce response size if applicable"
    )

    /// 401: the request has no bearer token.
    public static let authenticationRequired = APIError(
        status: 401,
        code: "authentication.required",
        message: "No authentication bearer token specified in authorization header."
    ).challenging(.bearer)

    /// 401: the token is malformed, unknown, expired or revoked, or its client does not exist any more.
    public static let badCredentials = APIError(
        status: 401,
        code: "bad.credentials",
        message: "Invalid login credentials."
    ).challenging(.invalidToken)

    /// Returns a 403 for a caller that lacks these permissions, all of which are required.
    public static func missing(all permissions: [Permission]) -> APIError {
        APIError(
            status: 403,
            code: "missing.permissions",
            template:
                "Unable to perform the requested action. You are missing the following permission(s): {permissions}",
            parameters: ["permissions": permissions.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// Returns a 403 for a caller that has none of these permissions, one of which is required.
    public static func missing(anyOf permissions: [Permission]) -> APIError {
        APIError(
            status: 403,
            code: "missing.any.permissions",
            template: "Unable to perform the requested action. "
                + "You must have at least one of the following permissions assigned: {permissions}",
            parameters: ["permissions": permissions.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// Returns a 403 for a token that lacks the scope of the operation.
    public static func notAuthorized(missing scope: Scope) -> APIError {
        APIError(
            status: 403,
            code: "not.authorized",
            message: "You are not authorized to perform the requested action."
        ).challenging(.insufficientScope(scope))
    }

    /// 404: there is no such object or no such path.
    public static let notFound = APIError(
        status: 404,
        code: "not.found",
        message: "The requested resource was not found."
    )

    /// 405: the path exists, but has no operation with this method.
    public static let methodNotAllowed = APIError(
        status: 405,
        code: "method.not.allowed",
        message: "Method Not Allowed"
    )

    /// 426: the operation opens a WebSocket, and the request is not its opening handshake.
    package static let upgradeRequired = APIError(
        status: 426,
        code: "upgrade.required",
        message: "The request must open a WebSocket of version 13."
    )

    /// 408: the client took too long to send its request.
    public static let clientTimeout = APIError(
        status: 408,
        code: "client.timeout",
        message: "The request was not received in time."
    )

    /// Returns a 409 for a repeated request whose first response is not available any more. The request was made before under its
    /// idempotency key, and the error names the object.
    public static func responseGone(kind: String, id: String) -> APIError {
        APIError(
            status: 409,
            code: "idempotency.response.gone",
            template:
                "The request was made before with this Idempotency-Key. It wrote a version of {kind} {id} that is no "
                + "longer in the history. Nothing was changed.",
            parameters: ["kind": kind, "id": id]
        )
    }

    /// 412: the object is not in the state that the request requires in `If-Match` or `If-None-Match`.
    public static let preconditionFailed = APIError(
        status: 412,
        code: "precondition.failed",
        message: "The object is not in the state that the request requires. Get it again before you change it."
    )

    /// Returns a 413 for a body that is larger than the operation accepts.
    public static func tooLarge(limit: Int) -> APIError {
        APIError(
            status: 413,
            code: "request.entity.too.large",
            template: "The request is over the size limit. Maximum bytes: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// Returns a 414 for a target that is longer than the server accepts.
    public static func targetTooLong(limit: Int) -> APIError {
        APIError(
            status: 414,
            code: "uri.too.long",
            template: "The request's target is over the size limit. Maximum bytes: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// 415: the body's media type is not one that the operation accepts.
    public static let unsupportedMediaType = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - Unsupported or incorrect media type, "
            + "such as an incorrect Content-Type value in the header."
    )

    /// 415: the body has a content coding (RFC 9110, section 8.4). No operation decodes one.
    public static let unsupportedContentCoding = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - The body has a content coding, and none is supported. "
            + "Send it as it is, without Content-Encoding."
    )

    /// 415: the body's `Content-Type` names a charset other than UTF-8.
    public static let unsupportedCharset = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - The charset that Content-Type names is not supported. "
            + "Send the body in UTF-8."
    )

    /// 422: a different request was made before under the same idempotency key.
    public static let idempotencyKeyReused = APIError(
        status: 422,
        code: "idempotency.key.reused",
        message: "A different request was made with this Idempotency-Key. Use each key for one request only."
    )

    /// Returns a 429 for a token, a client or an organization that has used up its requests. New requests are allowed in `seconds`.
    ///
    /// The message for a token is the vendor's. The other messages name their limit and end like the vendor's.
    public static func tooManyRequests(of scope: RateScope = .token, retryAfter seconds: Int) -> APIError {
        let limit =
            switch scope {
            case .token: "Rate limit"
            case .client: "Rate limit of the client, all its tokens together,"
            case .organization: "Rate limit of the organization, all its clients together,"
            }
        return APIError(
            status: 429,
            code: "too.many.requests.retry.after",
            template: "\(limit) exceeded the maximum. Retry the request in [{seconds}] seconds",
            parameters: ["seconds": "\(seconds)"]
        ).retriable(after: seconds)
    }

    /// Returns a 431 for a head that has more bytes or more fields than the server reads.
    public static func headTooLarge(limit: Int, fields: Int) -> APIError {
        APIError(
            status: 431,
            code: "request.header.fields.too.large",
            template: "The request's head is over the size limit. Maximum bytes: {limit}, maximum fields: {fields}",
            parameters: ["limit": "\(limit)", "fields": "\(fields)"]
        )
    }

    /// 500: a bug in the server. The log has the cause under the same context id.
    public static let internalServerError = APIError(
        status: 500,
        code: "internal.server.error",
        message: "The server encountered an unexpected condition which prevented it from fulfilling the request."
    )

    /// 503: nothing was changed, and the same request may succeed in a second.
    public static let serviceUnavailable = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - The server is currently unavailable. Nothing was changed."
    ).retriable(after: 1)

    /// 503: the server has as many connections as it accepts. It read nothing, and there may be room in a second.
    public static let tooManyConnections = serviceUnavailable

    /// 503: the request bodies that the server is receiving take all memory reserved for them. Nothing was changed, and there may be room
    /// in a second.
    public static let tooManyBodies = serviceUnavailable

    /// 503: the request bodies that the server is receiving from the client or its organization take their share of memory. Nothing was
    /// changed, and there may be room in a second.
    public static let tooManyBodiesOfClient = APIError(
        status: 503,
        code: "service.unavailable",
        message:
            "Service Unavailable - The request bodies of this client use up their share of memory. Nothing was changed."
    ).retriable(after: 1)

    /// 503: the organization, or the server, runs as many simulations as allowed. Nothing was read, and one may end in a second.
    public static let tooManySimulations = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - Too many simulations are running. Nothing was changed."
    ).retriable(after: 1)

    /// 503: the organization has more waiting writes than the server keeps. Nothing was changed.
    public static let tooManyWrites = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - Too many changes are waiting. Nothing was changed."
    ).retriable(after: 1)

    /// 503: the object changed repeatedly while the server read an earlier version. Nothing was changed.
    public static let changedMeanwhile: APIError = {
        var error = APIError(
            status: 503,
            code: "service.unavailable",
            message:
                "Service Unavailable - The object changed too often while the request was processed. Nothing was changed."
        )
        error.retryAfter = 1
        return error
    }()

    /// 503: it is unknown whether the change was made. Read the object before you repeat the request.
    public static let outcomeUnknown = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - It is not known whether the change was made. Read the object before you retry."
    )
}

extension JSON {
    /// Reads the document of a request. Throws a 400 `bad.request` with the byte offset if it is not strict JSON.
    public init(document bytes: [UInt8]) throws(APIError) {
        do {
            try self.init(parsing: bytes)
        } catch {
            throw .badRequest("The request's body is not valid JSON: \(error)")
        }
    }
}

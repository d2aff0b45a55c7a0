extension APIError {
    /// 400: the request as a whole makes no sense.
    public static func badRequest(_ message: String) -> APIError {
        APIError(status: 400, code: "bad.request", message: message)
    }

    /// 400: a field of the body names an object that the organization does not have.
    public static func unknownReference(_ field: String, to what: String) -> APIError {
        var error = badRequest("There is no \(what) with this id.")
        error.details = [Detail(errorCode: error.code, fieldName: field)]
        return error
    }

    /// Returns a 400 for input that is not one request of HTTP/1.1. `reason` is the end of a sentence that begins with "because".
    public static func malformed(_ reason: String) -> APIError {
        .badRequest("The request could not be understood by the server due to malformed syntax: \(reason).")
    }

    /// 400: a query parameter is not one of the values it may have.
    public static func invalidParameter(_ name: String, value: String, allowed: String) -> APIError {
        APIError(
            status: 400,
            code: "invalid.query.param.value",
            template: "Value [{value}] is not valid for parameter [{parameter}]. Allowable values are: {allowed}",
            parameters: ["value": value.shortened, "parameter": name, "allowed": allowed],
            details: [Detail(errorCode: "invalid.query.param.value", fieldName: name)]
        )
    }

    /// 400: a query parameter means nothing without another one.
    static func invalidParameter(_ name: String, asksFor other: String) -> APIError {
        APIError(
            status: 400,
            code: "invalid.query.param.value",
            template: "The parameter [{parameter}] asks for [{other}] too",
            parameters: ["parameter": name, "other": other],
            details: [Detail(errorCode: "invalid.query.param.value", fieldName: name)]
        )
    }

    /// 400 for a field of the body, named in `details`; for the body itself `bad.request`.
    public init(_ field: FieldError) {
        let name = field.path
        switch field.reason {
        case .invalid(let value, let type, _) where name.isEmpty:
            self = .badRequest("The request's body must be an \(type), and is \(value).")
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

    /// 400: the organization has as many of something as it may have.
    public static func quotaExceeded(_ what: String, limit: Int) -> APIError {
        APIError(
            status: 400,
            code: "quota.exceeded",
            template: "The organization has as many {what} as it may have: {limit}.",
            parameters: ["what": what, "limit": "\(limit)"]
        )
    }

    /// 400: the object would be larger than its kind may be.
    public static func objectTooLarge(limit: Int) -> APIError {
        APIError(
            status: 400,
            code: "constraint.validation",
            template: "The object would be over the size limit of its kind. Maximum bytes of its JSON: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// 400: the page that was asked for would have more bytes than a response may have.
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

    /// 401: the token is malformed, unknown, expired or revoked, or its client is gone.
    public static let badCredentials = APIError(
        status: 401,
        code: "bad.credentials",
        message: "Invalid login credentials."
    ).challenging(.invalidToken)

    /// 403: permissions are missing, all of which are needed.
    public static func missing(all permissions: [Permission]) -> APIError {
        APIError(
            status: 403,
            code: "missing.permissions",
            template:
                "Unable to perform the requested action. You are missing the following permission(s): {permissions}",
            parameters: ["permissions": permissions.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// 403: permissions are missing, one of which would do.
    public static func missing(anyOf permissions: [Permission]) -> APIError {
        APIError(
            status: 403,
            code: "missing.any.permissions",
            template: "Unable to perform the requested action. "
                + "You must have at least one of the following permissions assigned: {permissions}",
            parameters: ["permissions": permissions.map(\.rawValue).joined(separator: ", ")]
        )
    }

    /// 403: the token was not issued for this, since it does not have the scope.
    public static func notAuthorized(missing scope: Scope) -> APIError {
        APIError(
            status: 403,
            code: "not.authorized",
            message: "You are not authorized to perform the requested action."
        ).challenging(.insufficientScope(scope))
    }

    /// 404: there is no such object, or no such path.
    public static let notFound = APIError(
        status: 404,
        code: "not.found",
        message: "The requested resource was not found."
    )

    /// 405: the path exists, and not with this method.
    public static let methodNotAllowed = APIError(
        status: 405,
        code: "method.not.allowed",
        message: "Method Not Allowed"
    )

    /// 408: the client took too long to send its request.
    public static let clientTimeout = APIError(
        status: 408,
        code: "client.timeout",
        message: "The request was not received in time."
    )

    /// 409: the request was made before under its idempotency key, and what it was answered with is gone; the object is named.
    public static func responseGone(kind: String, id: String) -> APIError {
        APIError(
            status: 409,
            code: "idempotency.response.gone",
            template:
                "The request was made before with this Idempotency-Key, and wrote a version of {kind} {id} that the "
                + "history does not have any more. Nothing was changed.",
            parameters: ["kind": kind, "id": id]
        )
    }

    /// 412: the object is not as the request asks in `If-Match` or `If-None-Match`.
    public static let preconditionFailed = APIError(
        status: 412,
        code: "precondition.failed",
        message: "The object is not in the state that the request asks for. Get it again before you change it."
    )

    /// 413: the body is larger than the operation takes.
    public static func tooLarge(limit: Int) -> APIError {
        APIError(
            status: 413,
            code: "request.entity.too.large",
            template: "The request is over the size limit. Maximum bytes: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// 414: the target is longer than any operation's.
    public static func targetTooLong(limit: Int) -> APIError {
        APIError(
            status: 414,
            code: "uri.too.long",
            template: "The request's target is over the size limit. Maximum bytes: {limit}",
            parameters: ["limit": "\(limit)"]
        )
    }

    /// 415: the body is not of the media type that the operation takes.
    public static let unsupportedMediaType = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - Unsupported or incorrect media type, "
            + "such as an incorrect Content-Type value in the header."
    )

    /// 415: the body has a content coding (RFC 9110, section 8.4), and no operation decodes one.
    public static let unsupportedContentCoding = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - The body has a content coding, and none is supported. "
            + "Send it as it is, without Content-Encoding."
    )

    /// 415: the body is in a charset that is not UTF-8, as its `Content-Type` says.
    public static let unsupportedCharset = APIError(
        status: 415,
        code: "unsupported.media.type",
        message: "Unsupported Media Type - The charset that Content-Type names is not supported. "
            + "Send the body in UTF-8."
    )

    /// 422: another request was made under the same idempotency key.
    public static let idempotencyKeyReused = APIError(
        status: 422,
        code: "idempotency.key.reused",
        message: "Another request was made with this Idempotency-Key. Use a key for one request only."
    )

    /// 429: the token, its client or its organization has used up its requests; `seconds` until it has some again.
    ///
    /// The message for a token is the vendor's; the others name the limit, and end like it.
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

    /// 431: the head is larger, or has more fields, than the server reads.
    public static func headTooLarge(limit: Int, fields: Int) -> APIError {
        APIError(
            status: 431,
            code: "request.header.fields.too.large",
            template: "The request's head is over the size limit. Maximum bytes: {limit}, maximum fields: {fields}",
            parameters: ["limit": "\(limit)", "fields": "\(fields)"]
        )
    }

    /// 500: a bug of the server's; the cause is in its log under the same context id.
    public static let internalServerError = APIError(
        status: 500,
        code: "internal.server.error",
        message: "The server encountered an unexpected condition which prevented it from fulfilling the request."
    )

    /// 503: nothing was changed, and the same request may succeed later.
    public static let serviceUnavailable = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - The server is currently unavailable. Nothing was changed."
    )

    /// 503: there are as many connections as the server takes; nothing was read, and there may be room in a second.
    public static let tooManyConnections = serviceUnavailable.retriable(after: 1)

    /// 503: the bodies that the server is receiving take all the memory that there is for them; nothing was changed, and there may be
    /// room in a second.
    public static let tooManyBodies = serviceUnavailable.retriable(after: 1)

    /// 503: the bodies of the client or of its organization that the server is receiving take the share of memory that they may; nothing
    /// was changed, and there may be room in a second.
    public static let tooManyBodiesOfClient = APIError(
        status: 503,
        code: "service.unavailable",
        message:
            "Service Unavailable - The request bodies of this client take their share of memory. Nothing was changed."
    ).retriable(after: 1)

    /// 503: as many simulations run as may, of the organization or in all; nothing was read, and one may end in a second.
    public static let tooManySimulations = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - Too many simulations are running. Nothing was changed."
    ).retriable(after: 1)

    /// 503: more writes of the organization wait than the server keeps; nothing was changed.
    public static let tooManyWrites = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - Too many changes are waiting. Nothing was changed."
    ).retriable(after: 1)

    /// 503: the object changed again and again while an earlier version was looked up; nothing was changed.
    public static let changedMeanwhile: APIError = {
        var error = APIError(
            status: 503,
            code: "service.unavailable",
            message: "Service Unavailable - The object is changed too often at the moment. Nothing was changed."
        )
        error.retryAfter = 1
        return error
    }()

    /// 503: whether the change was made is not known; read before asking again.
    public static let outcomeUnknown = APIError(
        status: 503,
        code: "service.unavailable",
        message: "Service Unavailable - Whether the change was made is not known. Read the object before you retry."
    )
}

extension JSON {
    /// Reads a request's document; throws 400 `bad.request` with the byte offset when it is not strict JSON.
    public init(document bytes: [UInt8]) throws(APIError) {
        do {
            try self.init(parsing: bytes)
        } catch {
            throw .badRequest("The request's body is not valid JSON: \(error)")
        }
    }
}

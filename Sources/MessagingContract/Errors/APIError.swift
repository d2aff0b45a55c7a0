/// The one error of the API, in the vendor's form (`ErrorBody`): rules throw it, the server answers it, a client throws it again.
public struct APIError: Error, Hashable, Sendable {
    /// One field or entity that the error is about.
    public struct Detail: Hashable, Sendable {
        /// The code of this detail, mostly the error's own.
        public var errorCode: String?
        /// The field's path in the request's body, `mediaTypes.allow.inbound[0].type`, or the name of a parameter.
        public var fieldName: String?
        /// The id of the entity.
        public var entityId: String?
        /// The name of the entity.
        public var entityName: String?

        /// A detail with nothing in it.
        public init() {}

        /// A detail about a field.
        public init(errorCode: String, fieldName: String) {
            self.errorCode = errorCode
            self.fieldName = fieldName
        }
    }

    /// A limit of Genesys Cloud, as its registry of limits has it.
    public struct Limit: Hashable, Sendable {
        /// The part of the platform that it belongs to, `messaging`.
        public var namespace: String?
        /// Its name in there.
        public var key: String?
        /// How much it allows.
        public var value: Int?

        /// A limit of which this is known.
        public init(namespace: String? = nil, key: String? = nil, value: Int? = nil) {
            self.namespace = namespace
            self.key = key
            self.value = value
        }
    }

    /// The HTTP status.
    public var status = 500
    /// The vendor's code, `not.found`.
    public var code = "internal.server.error"
    /// A sentence for people, with all values in it.
    public var message = ""
    /// The message with `{name}` in the place of values; nil when there are none.
    public var messageWithParams: String?
    /// The values by name; nil when there are none.
    public var messageParams: [String: String]?
    /// The correlation id of the request, empty until the server has written it.
    public var contextId = ""
    /// The fields that the error is about.
    public var details: [Detail] = []
    /// Seconds after which the same request may succeed; sent as `Retry-After`, not in the body.
    public var retryAfter: Int?
    /// What would let the caller in; sent as `WWW-Authenticate`, not in the body.
    public var challenge: Challenge?
    /// What happened, for the log of the server; never sent.
    public var cause: String?

    /// The id of the entity that the error is about. Servers of this project send none.
    public var entityId: String?
    /// The name of the entity that the error is about. Servers of this project send none.
    public var entityName: String?
    /// The errors that this one consists of. Servers of this project send none.
    public var errors: [APIError] = []
    /// The limit that was reached. Servers of this project send none.
    public var limit: Limit?

    /// An error with nothing set.
    public init() {}

    /// An error with a plain message.
    public init(status: Int, code: String, message: String, details: [Detail] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
    }

    /// An error whose message is a template with `{name}` for each of `parameters`, in which U+FFFD stands for U+0000: our own parser
    /// refuses that in JSON.
    public init(
        status: Int,
        code: String,
        template: String,
        parameters: [String: String],
        details: [Detail] = []
    ) {
        let parameters = parameters.mapValues { $0.replacing("\0", with: "\u{FFFD}") }
        self.init(status: status, code: code, message: Self.fill(template, parameters), details: details)
        messageWithParams = template
        messageParams = parameters
    }

    /// The same error with this challenge.
    func challenging(_ challenge: Challenge) -> APIError {
        var error = self
        error.challenge = challenge
        return error
    }

    /// The same error, after which the same request may succeed in so many seconds.
    func retriable(after seconds: Int) -> APIError {
        var error = self
        error.retryAfter = seconds
        return error
    }

    /// The same error with this cause, for the log.
    public func caused(by cause: String) -> APIError {
        var error = self
        error.cause = cause
        return error
    }

    private static func fill(_ template: String, _ parameters: [String: String]) -> String {
        let parts = template.split(separator: "{", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts.first ?? "")) { text, part in
            let pieces = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            text += parameters[String(pieces[0])] ?? "{\(pieces[0])}"
            text += pieces.dropFirst().first ?? ""
        }
    }
}

extension APIError.Detail: WireObject {
    public static let schemaName = "Detail"
    public static let fields: [Field<Self>] = [
        .optional("errorCode", \.errorCode), .optional("fieldName", \.fieldName), .optional("entityId", \.entityId),
        .optional("entityName", \.entityName),
    ]
}

extension APIError: WireObject {
    public static let schemaName = "ErrorBody"
    public static let fields: [Field<Self>] = [
        .required("message", \.message, "For people"), .required("code", \.code, "For programs"),
        .required("status", \.status, "The HTTP status"),
        .optional("messageWithParams", \.messageWithParams, "The message with `{name}` in the place of values"),
        .optional("messageParams", \.messageParams, "The values by name"),
        .required("contextId", \.contextId, "The same as the header ININ-Correlation-Id"),
        .required("details", \.details, "The fields that are refused"),
        Field(
            name: "errors",
            isRequired: true,
            about: "Always empty",
            schema: { _ in
                Schema(["type": "array", "maxItems": 0, "items": ["$ref": "#/components/schemas/ErrorBody"]])
            },
            read: { _, _, _ in },
            write: { _ in .array([]) }
        ),
    ]
}

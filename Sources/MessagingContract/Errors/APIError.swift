/// The error type of the API, in the vendor's form (`ErrorBody`). Rules throw it, the server sends it, and a client throws it again.
public struct APIError: Error, Hashable, Sendable {
    /// One field or entity that the error is about.
    public struct Detail: Hashable, Sendable {
        /// The code of this detail, in most cases the same as the error's.
        public var errorCode: String?
        /// The path of the field in the request's body, such as `mediaTypes.allow.inbound[0].type`, or the name of a parameter.
        public var fieldName: String?
        /// The id of the entity.
        public var entityId: String?
        /// The name of the entity.
        public var entityName: String?

        /// Creates an empty detail.
        public init() {}

        /// Creates a detail about a field.
        public init(errorCode: String, fieldName: String) {
            self.errorCode = errorCode
            self.fieldName = fieldName
        }
    }

    /// A limit of Genesys Cloud, as its registry of limits describes it.
    public struct Limit: Hashable, Sendable {
        /// The part of the platform that the limit belongs to, such as `messaging`.
        public var namespace: String?
        /// The limit's name in its namespace.
        public var key: String?
        /// The largest allowed number.
        public var value: Int?

        /// Creates a limit with these values.
        public init(namespace: String? = nil, key: String? = nil, value: Int? = nil) {
            self.namespace = namespace
            self.key = key
            self.value = value
        }
    }

    /// The HTTP status.
    public var status = 500
    /// The vendor's code, such as `not.found`.
    public var code = "internal.server.error"
    /// A sentence for people, with all values filled in.
    public var message = ""
    /// The message with `{name}` in place of each value; nil if the message has no values.
    public var messageWithParams: String?
    /// The values by name; nil if the message has no values.
    public var messageParams: [String: String]?
    /// The correlation id of the request, empty until the server has written it.
    public var contextId = ""
    /// The fields that the error is about.
    public var details: [Detail] = []
    /// The number of seconds after which the same request may succeed. It is sent as `Retry-After`, not in the body.
    public var retryAfter: Int?
    /// The challenge, which states how the caller can authenticate. It is sent as `WWW-Authenticate`, not in the body.
    public var challenge: Challenge?
    /// The cause for the server's log. It is never sent.
    public var cause: String?

    /// The id of the entity that the error is about. Servers of this project send none.
    public var entityId: String?
    /// The name of the entity that the error is about. Servers of this project send none.
    public var entityName: String?
    /// The errors that this one consists of. Servers of this project send none.
    public var errors: [APIError] = []
    /// The limit that was reached. Servers of this project send none.
    public var limit: Limit?

    /// Creates an error with initial values.
    public init() {}

    /// Creates an error with a plain message.
    public init(status: Int, code: String, message: String, details: [Detail] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
    }

    /// Creates an error whose message is a template with `{name}` for each of `parameters`.
    ///
    /// In the values, U+FFFD replaces U+0000, which this project's parser refuses in JSON.
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

    /// Returns this error with a challenge.
    func challenging(_ challenge: Challenge) -> APIError {
        var error = self
        error.challenge = challenge
        return error
    }

    /// Returns this error with the number of seconds after which the same request may succeed.
    func retriable(after seconds: Int) -> APIError {
        var error = self
        error.retryAfter = seconds
        return error
    }

    /// Returns this error with a cause for the log.
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
        .required("message", \.message, "What went wrong, for people"),
        .required("code", \.code, "The code of the error, for programs"),
        .required("status", \.status, "The HTTP status"),
        .optional("messageWithParams", \.messageWithParams, "The message with `{name}` in place of each value"),
        .optional("messageParams", \.messageParams, "The values of messageWithParams, by name"),
        .required(
            "contextId",
            \.contextId,
            "The correlation id of the request, as in the header field ININ-Correlation-Id"
        ),
        .required("details", \.details, "The refused fields"),
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

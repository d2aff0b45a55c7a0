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
    public var status: Int {
        get { values.value.status }
        set { values.value.status = newValue }
    }
    /// The vendor's code, such as `not.found`.
    public var code: String {
        get { values.value.code }
        set { values.value.code = newValue }
    }
    /// A sentence for people, with all values filled in.
    public var message: String {
        get { values.value.message }
        set { values.value.message = newValue }
    }
    /// The message with `{name}` in place of each value; nil if the message has no values.
    public var messageWithParams: String? {
        get { values.value.messageWithParams }
        set { values.value.messageWithParams = newValue }
    }
    /// The values by name; nil if the message has no values.
    public var messageParams: [String: String]? {
        get { values.value.messageParams }
        set { values.value.messageParams = newValue }
    }
    /// The correlation id of the request, empty until the server has written it.
    public var contextId: String {
        get { values.value.contextId }
        set { values.value.contextId = newValue }
    }
    /// The fields that the error is about.
    public var details: [Detail] {
        get { values.value.details }
        set { values.value.details = newValue }
    }
    /// The number of seconds after which the same request may succeed. It is sent as `Retry-After`, not in the body.
    public var retryAfter: Int? {
        get { values.value.retryAfter }
        set { values.value.retryAfter = newValue }
    }
    /// The challenge, which states how the caller can authenticate. It is sent as `WWW-Authenticate`, not in the body.
    public var challenge: Challenge? {
        get { values.value.challenge }
        set { values.value.challenge = newValue }
    }
    /// The cause for the server's log. It is never sent.
    public var cause: String? {
        get { values.value.cause }
        set { values.value.cause = newValue }
    }
    /// The id of the entity that the error is about. Servers of this project send none.
    public var entityId: String? {
        get { values.value.entityId }
        set { values.value.entityId = newValue }
    }
    /// The name of the entity that the error is about. Servers of this project send none.
    public var entityName: String? {
        get { values.value.entityName }
        set { values.value.entityName = newValue }
    }
    /// The errors that this one consists of. Servers of this project send none.
    public var errors: [APIError] {
        get { values.value.errors }
        set { values.value.errors = newValue }
    }
    /// The limit that was reached. Servers of this project send none.
    public var limit: Limit? {
        get { values.value.limit }
        set { values.value.limit = newValue }
    }

    /// The values, behind one reference. Each function that may throw has room for an error, so an error is small.
    private var values = HeldErrorValues.held(ErrorValues())

    /// Creates an error with initial values.
    public init() {}

    /// Creates an error with a plain message.
    public init(status: Int, code: String, message: String, details: [Detail] = []) {
        values = .held(ErrorValues(status: status, code: code, message: message, details: details))
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
        values = .held(
            ErrorValues(
                status: status,
                code: code,
                message: Self.fill(template, parameters),
                messageWithParams: template,
                messageParams: parameters,
                details: details
            )
        )
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

/// The values of an error.
private struct ErrorValues: Hashable, Sendable {
    var status = 500
    var code = "internal.server.error"
    var message = ""
    var messageWithParams: String?
    var messageParams: [String: String]?
    var contextId = ""
    var details: [APIError.Detail] = []
    var retryAfter: Int?
    var challenge: Challenge?
    var cause: String?
    var entityId: String?
    var entityName: String?
    var errors: [APIError] = []
    var limit: APIError.Limit?
}

/// The values of an error in memory of their own.
private indirect enum HeldErrorValues: Hashable, Sendable {
    case held(ErrorValues)

    var value: ErrorValues {
        get {
            switch self {
            case .held(let value): value
            }
        }
        set { self = .held(newValue) }
    }
}

extension APIError: CustomStringConvertible {
    /// The status, code and message, without the cause.
    public var description: String { "\(status) \(code): \(message)" }
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

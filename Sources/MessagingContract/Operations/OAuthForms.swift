/// The form of a request to an OAuth endpoint.
public protocol OAuthForm: OperationBody {
    /// The form's items, each with a value and each once.
    var form: Query { get }
    /// A form with these items.
    init(_ form: Query)
}

extension OAuthForm {
    /// Reads it as RFC 6749 has it, section 3.2: a parameter without a value counts as absent, one that is there twice is refused.
    public init(body: [UInt8]) throws(APIError) {
        guard let text = String(validating: body, as: UTF8.self), let form = Query(parsing: text) else {
            throw .oauth(.invalidRequest, "the request's body is not a form")
        }
        let items = form.items.filter { !$0.value.isEmpty }
        guard Set(items.map(\.name)).count == items.count else {
            throw .oauth(.invalidRequest, "a parameter is given more than once")
        }
        self.init(Query(items))
    }

    public static var rule: BodyRule { .form(limit: 16 << 10) }
    public var body: [UInt8] { Array(form.text.utf8) }

    /// The schema of a form in which the client may show its secret.
    fileprivate static func schema(_ properties: JSON.Object, required: String) -> Schema {
        var properties = properties
        properties["client_id"] = ["type": "string", "description": "Here or by HTTP Basic"]
        properties["client_secret"] = ["type": "string", "description": "Here or by HTTP Basic, not both"]
        return Schema(["type": "object", "properties": .object(properties), "required": [.string(required)]])
            .named("\(Self.self)")
    }
}

/// The form that asks for a token.
public struct AccessTokenRequest: OAuthForm {
    public let form: Query
    public init(_ form: Query) { self.form = form }

    public static let schema: Schema? = schema(
        [
            "grant_type": ["type": "string", "const": "client_credentials"],
            "scope": [
                "type": "string",
                "description": "Scopes of the client, separated by spaces; all that it has when absent",
                "pattern": .string("^ *((\(scopes))( +(\(scopes)))* *)?$"),
            ],
        ],
        required: "grant_type"
    )
    public static let example: JSON? = ["grant_type": "client_credentials", "scope": "messaging"]
    private static let scopes = Scope.allCases.map(\.rawValue).joined(separator: "|")
}

/// The form that ends a token.
public struct TokenRevocationRequest: OAuthForm {
    public let form: Query
    public init(_ form: Query) { self.form = form }

    public static let schema: Schema? = schema(
        [
            "token": ["type": "string", "description": "The access token", "minLength": 1],
            "token_type_hint": ["type": "string", "description": "Ignored: there are access tokens only"],
        ],
        required: "token"
    )
    public static let example: JSON? = ["token": "$TOKEN"]
}

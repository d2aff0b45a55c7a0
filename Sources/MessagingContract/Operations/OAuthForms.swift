/// The form of a request to an OAuth endpoint.
public protocol OAuthForm: OperationBody {
    /// The parameters by name, with their schemas. Other parameters are ignored.
    static var parameters: JSON.Object { get }
    /// The name of the required parameter.
    static var required: String { get }
    /// The parameters of the request, each once and with a value.
    var form: Query { get }
    /// Creates a form with these parameters.
    init(_ form: Query)
}

extension OAuthForm {
    /// Reads the form by the rules of RFC 6749, section 3.2: a parameter without a value counts as absent, an unknown parameter is ignored,
    /// and a repeated parameter is refused.
    public init(body: [UInt8]) throws(APIError) {
        guard let text = String(validating: body, as: UTF8.self), let form = Query(parsing: text) else {
            throw .oauth(.invalidRequest, "the request's body is not a form")
        }
        let items = form.items.filter { Self.parameters[$0.name] != nil && !$0.value.isEmpty }
        guard Set(items.map(\.name)).count == items.count else {
            throw .oauth(.invalidRequest, "a parameter is given more than once")
        }
        self.init(Query(items))
    }

    public static var rule: BodyRule { .form(limit: 16 << 10) }
    public var body: [UInt8] { Array(form.text.utf8) }

    public static var schema: Schema? {
        Schema(["type": "object", "properties": .object(parameters), "required": [.string(required)]])
            .named("\(Self.self)")
    }
}

/// The parameters with which a client may authenticate in the form.
private let clientID: JSON = ["type": "string", "description": "The client's id, here or by HTTP Basic authentication"]
private let clientSecret: JSON = [
    "type": "string", "description": "The client's secret, here or by HTTP Basic authentication, not both",
]

/// The form that requests a token.
public struct AccessTokenRequest: OAuthForm {
    public let form: Query
    public init(_ form: Query) { self.form = form }

    public static let parameters: JSON.Object = [
        "grant_type": ["type": "string", "const": "client_credentials"],
        "scope": [
            "type": "string",
            "description": "The requested scopes of the client, separated by spaces; all its scopes if absent",
            "pattern": .string("^ *((\(scopes))( +(\(scopes)))* *)?$"),
        ],
        "client_id": clientID, "client_secret": clientSecret,
    ]
    public static let required = "grant_type"
    public static let example: JSON? = ["grant_type": "client_credentials", "scope": "messaging"]
    private static let scopes = Scope.allCases.map(\.rawValue).joined(separator: "|")
}

/// The form that revokes a token.
public struct TokenRevocationRequest: OAuthForm {
    public let form: Query
    public init(_ form: Query) { self.form = form }

    public static let parameters: JSON.Object = [
        "token": ["type": "string", "description": "The access token to revoke", "minLength": 1],
        "token_type_hint": ["type": "string", "description": "Ignored, because all tokens are access tokens"],
        "client_id": clientID, "client_secret": clientSecret,
    ]
    public static let required = "token"
    public static let example: JSON? = ["token": "$TOKEN"]
}

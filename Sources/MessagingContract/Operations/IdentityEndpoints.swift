import HTTPTypes

/// The operations that deal with tokens and with who is calling.
public enum IdentityEndpoints {
    /// Issues a token (RFC 6749); answers in the OAuth form.
    public static let issueToken = Endpoint<NoParameters, AccessTokenRequest, AccessTokenResponse>(
        "postOauthToken",
        .post,
        "/oauth/token",
        access: .open,
        tag: "Tokens and callers",
        summary: "Issue an access token"
    )
    /// Ends the token that the request carries.
    public static let revokeToken = Endpoint<NoParameters, NoBody, NoContent>(
        "deleteTokensMe",
        .delete,
        "/api/v2/tokens/me",
        access: .bearer(nil),
        tag: "Tokens and callers",
        summary: "Delete auth token used to make the request."
    )
    /// The organization of the token.
    public static let getOrganization = Endpoint<NoParameters, NoBody, OrganizationInfo>(
        "getOrganizationsMe",
        .get,
        "/api/v2/organizations/me",
        access: .bearer(nil),
        tag: "Tokens and callers",
        summary: "Get organization."
    )
    /// The service user that the token's client acts as (our reading).
    public static let getUser = Endpoint<NoParameters, NoBody, UserInfo>(
        "getUsersMe",
        .get,
        "/api/v2/users/me",
        access: .bearer(nil),
        tag: "Tokens and callers",
        summary: "Get current user details."
    )

    static let operations = [
        issueToken.operation, revokeToken.operation, getOrganization.operation, getUser.operation,
    ]
}

/// The operations that tell whether the server is there.
public enum HealthEndpoints {
    /// The process runs.
    public static let live = Endpoint<NoParameters, NoBody, Health>(
        "getHealthLive",
        .get,
        "/health/live",
        access: .open,
        tag: "Server",
        summary: "Whether the process runs"
    )
    /// The server takes requests; 503 while it drains.
    public static let ready = Endpoint<NoParameters, NoBody, Health>(
        "getHealthReady",
        .get,
        "/health/ready",
        access: .open,
        tag: "Server",
        summary: "Whether the server takes requests",
        also: [.serviceUnavailable]
    )

    static let operations = [live.operation, ready.operation]
}

/// The form that asks for a token.
public struct AccessTokenRequest: OperationBody {
    /// The form's items.
    public let form: Query

    /// A form with these items.
    public init(_ form: Query) { self.form = form }

    public init(body: [UInt8]) throws(APIError) {
        guard let text = String(validating: body, as: UTF8.self), let form = Query(parsing: text) else {
            throw .badRequest("The request's body is not a form.")
        }
        self.form = form
    }

    public static let rule = BodyRule.form(limit: 16 << 10)
    public static let schema: Schema? = Schema([
        "type": "object",
        "properties": [
            "grant_type": ["type": "string", "const": "client_credentials"],
            "client_id": ["type": "string", "description": "Here or by HTTP Basic"],
            "client_secret": ["type": "string", "description": "Here or by HTTP Basic, not both"],
            "scope": [
                "type": "string",
                "description": "Scopes of the client, separated by spaces; all that it has when absent",
                "pattern": .string("^ *((\(scopes))( +(\(scopes)))* *)?$"),
            ],
        ],
        "required": ["grant_type"],
    ]).named("AccessTokenRequest")
    public static let example: JSON? = ["grant_type": "client_credentials", "scope": "messaging"]
    private static let scopes = Scope.allCases.map(\.rawValue).joined(separator: "|")
    public var body: [UInt8] { Array(form.text.utf8) }
}

public import HTTPTypes

/// One operation of the API, as the router, the audit and the documents need it: everything about it that has no type.
public struct APIOperation: Hashable, Sendable {
    /// Who may call an operation.
    public enum Access: Hashable, Sendable {
        /// Anybody.
        case open
        /// The owner of a token that has the scope; nil asks for no scope.
        case bearer(Scope?)
    }

    /// The operation's own name, `getMessagingSettings`.
    public let id: String
    /// Its method.
    public let method: HTTPRequest.Method
    /// Its path with holes in braces, `/api/v2/messaging/settings/{messageSettingId}`.
    public let path: String
    /// Who may call it.
    public let access: Access
    /// The permissions it asks for.
    public let permission: PermissionRule
    /// What body it takes.
    public let body: BodyRule
    /// The status of its success.
    public let success: HTTPResponse.Status
    /// What it does, in a line, in the vendor's words where it is the vendor's.
    public let summary: String
    /// The path of the operation that replaces it, with the same method; nil when it is not deprecated.
    public let successor: String?
}

/// What body an operation takes.
public enum BodyRule: Hashable, Sendable {
    /// None; one that is sent is ignored, whatever its type.
    case none
    /// A JSON document of at most this many bytes.
    case json(limit: Int)
    /// An HTML form of at most this many bytes.
    case form(limit: Int)

    /// The limit of most JSON bodies, 1 MiB. Our own.
    public static let json = BodyRule.json(limit: 1 << 20)
}

/// The typed door to an ``APIOperation``: what goes in and what comes out.
public struct Endpoint<Parameters: OperationParameters, Body: OperationBody, Response: OperationResponse>: Sendable {
    /// The operation behind the door.
    public let operation: APIOperation

    /// An endpoint; the rule for the body and the status of the success follow from the types.
    public init(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        access: APIOperation.Access,
        permission: PermissionRule = .none,
        summary: String,
        successor: String? = nil
    ) {
        operation = APIOperation(
            id: id,
            method: method,
            path: path,
            access: access,
            permission: permission,
            body: Body.rule,
            success: Response.status,
            summary: summary,
            successor: successor
        )
    }
}

extension APIOperation {
    /// Every operation that there is.
    public static let all: [APIOperation] =
        MessagingSettingEndpoints.deprecated.operations + MessagingSettingEndpoints.current.operations
        + SupportedContentEndpoints.operations + IdentityEndpoints.operations + HealthEndpoints.operations
}

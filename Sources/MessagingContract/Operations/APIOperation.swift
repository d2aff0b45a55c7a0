public import HTTPTypes

/// One operation of the API, as the router, the audit and the documents need it.
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
    /// The group that it stands in, in documents.
    public let tag: String
    /// The kind of the objects whose ids it takes or lists; nil when it takes and lists none, or several kinds. The audit makes one.
    public let kind: ObjectKind?
    /// Statuses besides ``success`` that have the same body.
    public let also: [HTTPResponse.Status]
    /// What it takes and answers.
    public let content: OperationContent
}

/// The typed door to an ``APIOperation``: what goes in and what comes out.
public struct Endpoint<Parameters: OperationParameters, Body: OperationBody, Response: OperationResponse>: Sendable {
    /// The operation behind the door.
    public let operation: APIOperation

    /// An endpoint; the rule for the body, the status of the success and what documents say of both follow from the types.
    public init(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        access: APIOperation.Access,
        permission: PermissionRule = .none,
        tag: String,
        kind: ObjectKind? = nil,
        summary: String,
        successor: String? = nil,
        also: [HTTPResponse.Status] = []
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
            successor: successor,
            tag: tag,
            kind: kind,
            also: also,
            content: OperationContent(
                parameters: Parameters.descriptions(path: path),
                request: Body.schema,
                example: Body.example,
                mayMiss: path.contains("{") || Body.namesObject,
                response: Response.schema,
                mediaType: Response.mediaType,
                mayBeEmpty: Response.mayBeEmpty,
                isTagged: Response.isTagged
            )
        )
    }
}

extension APIOperation: CustomStringConvertible {
    /// The operation's own name.
    public var description: String { id }
}

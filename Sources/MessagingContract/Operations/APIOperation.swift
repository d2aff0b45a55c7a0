public import HTTPTypes
import Synchronization

/// One operation of the API. The router, the audit and the API document are built from these values.
public struct APIOperation: Sendable {
    /// A rule for the callers of an operation.
    public enum Access: Hashable, Sendable {
        /// Every caller, without a token.
        case open
        /// A caller with a token that has the scope. Nil requires no scope.
        case bearer(Scope?)
        /// An administrator: a caller on the administration socket, without a token. No other listener serves such an operation.
        case administrator
    }

    /// The form in which an operation reports an error.
    public enum ErrorForm: Hashable, Sendable {
        /// The vendor's error, ``APIError``.
        case api
        /// The form of RFC 6749, section 5.2, for operations that OAuth defines.
        case oauth
        /// An HTML page, for pages that people open.
        case page
    }

    /// The operation's unique name, such as `getMessagingSettings`.
    public let id: String
    /// Its method.
    public let method: HTTPRequest.Method
    /// Its path with path parameters in braces, such as `/api/v2/messaging/settings/{messageSettingId}`.
    public let path: String
    /// The rule for callers.
    public let access: Access
    /// The required permissions.
    public let permission: PermissionRule
    /// The rule for the request's body.
    public let body: BodyRule
    /// The status of a successful response.
    public let success: HTTPResponse.Status
    /// A summary in one line, in the vendor's words if the operation is the vendor's.
    public let summary: String
    /// The path of the operation that replaces it, with the same method; nil if it is not deprecated.
    public let successor: String?
    /// The group of the operation in the API document.
    public let tag: String
    /// The kind of objects whose ids the operation takes or lists, of which the audit creates one. Nil if there is no such kind or several.
    public let kind: ObjectKind?
    /// Further statuses with the same body as ``success``, such as 503 of `/health/ready`.
    public let otherStatuses: [HTTPResponse.Status]
    /// The form of its errors.
    public let errorForm: ErrorForm
    fileprivate let describing: Description

    /// The content of its requests and responses. It is made at the first use, since only the API document needs it.
    public var content: OperationContent { describing.content }

    /// The content of an operation, once it was made.
    fileprivate final class Description: Sendable {
        private let made = Mutex<OperationContent?>(nil)
        private let make: @Sendable () -> OperationContent

        init(_ make: @escaping @Sendable () -> OperationContent) { self.make = make }

        var content: OperationContent {
            made.withLock { made in
                let content = made ?? make()
                made = content
                return content
            }
        }
    }
}

extension APIOperation: Hashable {
    /// Returns whether both have the same values. Their content follows from their endpoint's types, and is not compared.
    public static func == (one: APIOperation, other: APIOperation) -> Bool {
        (one.id, one.method, one.path, one.access, one.permission, one.body)
            == (other.id, other.method, other.path, other.access, other.permission, other.body)
            && (one.success, one.summary, one.successor, one.tag, one.kind, one.otherStatuses)
                == (other.success, other.summary, other.successor, other.tag, other.kind, other.otherStatuses)
            && one.errorForm == other.errorForm
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// An ``APIOperation`` with the types of its parameters, body and response.
public struct Endpoint<Parameters: OperationParameters, Body: OperationBody, Response: OperationResponse>: Sendable {
    /// The operation without its types.
    public let operation: APIOperation

    /// Creates an endpoint. The rule for the body, the status of a success and their descriptions in the API document follow from the
    /// types.
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
        otherStatuses: [HTTPResponse.Status] = [],
        errorForm: APIOperation.ErrorForm = .api
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
            otherStatuses: otherStatuses,
            errorForm: errorForm,
            describing: .init {
                OperationContent(
                    parameters: Parameters.descriptions(path: path),
                    request: Body.schema,
                    example: Body.example,
                    mayMiss: path.contains("{") || Body.namesObject,
                    response: Response.schema,
                    mediaType: Response.mediaType,
                    mayBeEmpty: Response.mayBeEmpty,
                    isTagged: Response.isTagged
                )
            }
        )
    }
}

extension APIOperation: CustomStringConvertible {
    /// The operation's own name.
    public var description: String { id }
}

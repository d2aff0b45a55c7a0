import HTTPTypes
import MessagingContract
import MessagingCore

/// An operation with its handler. It is a class, since each request holds one.
final class Route: Sendable {
    /// Creates the content from the caller's snapshot alone. Returns nil, after little work, if the work would exceed `budget`, see
    /// ``ResponseWork``. Then the request is handled like one that has to wait.
    typealias Reading =
        @Sendable (
            _ pathParameters: [String], Query, Caller, Precondition, _ budget: Int
        ) throws(APIError) -> Content?
    /// Handles a request whose caller was admitted and whose body was read.
    typealias Handling = @Sendable (Call) async throws(APIError) -> Content

    let operation: APIOperation
    /// The members of the operation that each request uses, stored here for fast access.
    let id: String
    let method: HTTPRequest.Method
    let path: String
    let isDeprecated: Bool
    let access: APIOperation.Access
    let permission: PermissionRule
    let body: BodyRule
    /// The handler that never waits; nil for an operation that may have to wait.
    let reading: Reading?
    let handle: Handling
    /// The counts of its requests.
    let counter: RequestMetrics.Counter

    init(
        _ operation: APIOperation,
        _ counter: RequestMetrics.Counter,
        reading: Reading? = nil,
        handle: @escaping Handling
    ) {
        self.operation = operation
        id = operation.id
        method = operation.method
        path = operation.path
        isDeprecated = operation.successor != nil
        access = operation.access
        permission = operation.permission
        body = operation.body
        self.reading = reading
        self.handle = handle
        self.counter = counter
    }
}

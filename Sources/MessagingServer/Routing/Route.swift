import HTTPTypes
import MessagingContract
import MessagingCore

/// An operation with its handler. It is a class, since each request holds one.
final class Route: Sendable {
    /// Creates the content from the caller's snapshot alone. Returns nil, after little work, if the work would exceed `budget`, see
    /// ``ResponseWork``.
    typealias Reading =
        @Sendable (
            _ pathParameters: [String], Query, Caller, Precondition, _ budget: Int
        ) throws(APIError) -> Content?
    typealias Answering = @Sendable (Call) async throws(APIError) -> Answer

    let operation: APIOperation
    /// The members of the operation that each request uses, stored here for fast access.
    let id: String
    let path: String
    let isDeprecated: Bool
    let access: APIOperation.Access
    let permission: PermissionRule
    let body: BodyRule
    /// The handler that never waits; nil for an operation that may have to wait.
    let reading: Reading?
    let answer: Answering
    /// The counts of its requests.
    let counter: RequestMetrics.Counter

    init(
        _ operation: APIOperation,
        _ counter: RequestMetrics.Counter,
        reading: Reading? = nil,
        answer: @escaping Answering
    ) {
        self.operation = operation
        id = operation.id
        path = operation.path
        isDeprecated = operation.successor != nil
        access = operation.access
        permission = operation.permission
        body = operation.body
        self.reading = reading
        self.answer = answer
        self.counter = counter
    }
}

import HTTPTypes
package import MessagingContract
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
    let count: RequestMetrics.Cell

    init(_ operation: APIOperation, _ count: RequestMetrics.Cell, reading: Reading? = nil, answer: @escaping Answering)
    {
        self.operation = operation
        id = operation.id
        path = operation.path
        isDeprecated = operation.successor != nil
        access = operation.access
        permission = operation.permission
        body = operation.body
        self.reading = reading
        self.answer = answer
        self.count = count
    }
}

/// A request for a handler: its route was found, its caller was admitted, and its body was read.
package struct Call: Sendable {
    /// The correlation id of the request.
    package let contextID: String
    /// The request as received.
    package let request: IncomingRequest
    /// The decoded path parameters.
    let pathParameters: [String]
    /// The items of the query.
    let query: Query
    /// The caller; nil only for open operations.
    let caller: Caller?
    /// A note for the client that a form names; nil for operations that take no form.
    let note: ClientNote?
    /// The body; empty if the operation takes none or reads it as a stream.
    let body: [UInt8]
    /// The precondition on the object.
    let precondition: Precondition
}

extension Call {
    /// Returns the parsed body. A large body is parsed on the `WorkLane`.
    fileprivate func read<Body: OperationBody>(_ type: Body.Type) async throws(APIError) -> Body {
        try await onLaneIfLarge { () throws(APIError) in try Body(body: body) }
    }

    /// Runs work that is proportional to the body. It runs on the `WorkLane` if the body is large.
    func onLaneIfLarge<Result: Sendable>(
        _ work: @escaping @Sendable () throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        body.count <= ResponseWork.largeBody ? try work() : try await onLane(work)
    }

    /// Runs work of a millisecond or more on the `WorkLane`, where it delays only the same organization.
    func onLane<Result: Sendable>(
        _ work: @escaping @Sendable () throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await WorkLane.shared.run(for: caller?.organizationID ?? "", work)
    }
}

extension Call {
    /// Runs work in steps of a millisecond or two, like ``onLane(_:)``. Other organizations get their turns between the steps. `step` is
    /// called until it returns a result.
    func onLaneInSteps<Result: Sendable>(
        _ lane: WorkLane = .shared,
        _ step: @escaping @Sendable () throws(APIError) -> Result?
    ) async throws(APIError) -> Result {
        while true {
            if let result = try await lane.run(for: caller?.organizationID ?? "", step) { return result }
        }
    }
}

/// The routes of the operations. Each handler has the types of its endpoint.
package struct Routes: Sendable {
    private(set) var all: [Route] = []
    /// The counters of the operations.
    let metrics: RequestMetrics

    /// Creates an empty list of routes for these operations.
    package init(of operations: [APIOperation]) { metrics = RequestMetrics(operations) }

    /// Adds an endpoint with a handler that gets parsed parameters and a parsed body.
    package mutating func on<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler: @escaping @Sendable (Parameters, Body, Call) async throws(APIError) -> Reply<Response>
    ) {
        add(endpoint.operation) { (call) throws(APIError) in
            let parameters = try Parameters(pathParameters: call.pathParameters, query: call.query)
            var reply = try await handler(parameters, call.read(Body.self), call)
            if endpoint.operation.isRetrieval { reply.content = try reply.content.given(call.precondition) }
            return reply.answer
        }
    }

    /// Adds an endpoint for callers with a token. Its handler uses their snapshot and never waits.
    mutating func read<Parameters, Response>(
        _ endpoint: Endpoint<Parameters, NoBody, Response>,
        _ handler: @escaping @Sendable (Parameters, Caller) throws(APIError) -> Reply<Response>
    ) {
        read(endpoint) { (parameters, caller, _) throws(APIError) in try handler(parameters, caller) }
    }

    /// Adds an endpoint like ``read(_:_:)-(_,(Parameters,Caller)->Reply<Response>)``. The handler returns nil if its work would exceed the
    /// budget that it gets. Then it is called again on the `WorkLane` without a bound.
    mutating func read<Parameters, Response>(
        _ endpoint: Endpoint<Parameters, NoBody, Response>,
        _ handler: @escaping @Sendable (Parameters, Caller, _ budget: Int) throws(APIError) -> Reply<Response>?
    ) {
        read(endpoint, handler) { (parameters, call, caller) throws(APIError) in
            try await call.onLane { () throws(APIError) in
                guard let reply = try handler(parameters, caller, .max) else {
                    throw .internalServerError.caused(by: "a read without a bound was not made")
                }
                return reply
            }
        }
    }

    /// Adds an endpoint like ``read(_:_:)-(_,(Parameters,Caller,Int)->Reply<Response>?)``, with another handler for work over the budget.
    mutating func read<Parameters, Response>(
        _ endpoint: Endpoint<Parameters, NoBody, Response>,
        _ handler: @escaping @Sendable (Parameters, Caller, _ budget: Int) throws(APIError) -> Reply<Response>?,
        large: @escaping @Sendable (Parameters, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        let reading: Route.Reading = { (pathParameters, query, caller, precondition, budget) throws(APIError) in
            try handler(Parameters(pathParameters: pathParameters, query: query), caller, budget)?.content.given(
                precondition
            )
        }
        add(endpoint.operation, reading: reading) { (call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            if let content = try reading(
                call.pathParameters,
                call.query,
                caller,
                call.precondition,
                ResponseWork.atOnce
            ) {
                return content.answer
            }
            let parameters = try Parameters(pathParameters: call.pathParameters, query: call.query)
            return try await large(parameters, call, caller).content.given(call.precondition).answer
        }
    }

    /// Adds an endpoint for callers with a token.
    mutating func on<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler: @escaping @Sendable (Parameters, Body, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        on(endpoint) { (parameters, body, call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            return try await handler(parameters, body, call, caller)
        }
    }

    /// Adds an endpoint for callers with a token. Its handler reads the body as it arrives.
    mutating func stream<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler:
            @escaping @Sendable (Parameters, RequestBody.Pieces, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        guard case .stream(let limit, _) = endpoint.operation.body else { return }
        add(endpoint.operation) { (call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            let parameters = try Parameters(pathParameters: call.pathParameters, query: call.query)
            return try await handler(parameters, call.request.body.pieces(limit: limit), call, caller).answer
        }
    }

    private mutating func add(
        _ operation: APIOperation,
        reading: Route.Reading? = nil,
        _ answer: @escaping Route.Answering
    ) {
        all.append(Route(operation, metrics.cell(operation), reading: reading, answer: answer))
    }
}

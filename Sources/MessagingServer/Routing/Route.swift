import HTTPTypes
import MessagingContract
import MessagingCore

/// An operation together with what answers it; a reference, since each request holds one.
final class Route: Sendable {
    /// Answers from the caller's snapshot alone. Returns nil, after little work, when the work would exceed `budget`, see ``ResponseWork``.
    typealias Reading =
        @Sendable (
            _ holes: [String], Query, Caller, Precondition, _ budget: Int
        ) throws(APIError) -> Content?
    typealias Answering = @Sendable (Call) async throws(APIError) -> Answer

    let operation: APIOperation
    /// What each request looks at, at hand without the rest of the operation.
    let id: String
    let path: String
    let isDeprecated: Bool
    let access: APIOperation.Access
    let permission: PermissionRule
    let body: BodyRule
    /// How a request is answered without waiting for anything; nil for an operation that may have to wait.
    let reading: Reading?
    let answer: Answering
    /// What is counted of its requests.
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

/// A request on its way to its handler: matched, let in, and its body read.
struct Call: Sendable {
    /// The correlation id of the request.
    let contextID: String
    /// The request as it came.
    let request: IncomingRequest
    /// The decoded holes of the path.
    let holes: [String]
    /// The query's items.
    let query: Query
    /// Who is calling; nil only for operations that are open.
    let caller: Caller?
    /// Where the handler notes the client that a form names; nil for operations that take no form.
    let note: ClientNote?
    /// The body; empty when the operation takes none, or reads it while it comes.
    let body: [UInt8]
    /// What the request asks of the object beforehand.
    let precondition: Precondition
}

extension Call {
    /// The body with its type, which is read on the `WorkLane` when it is large.
    fileprivate func read<Body: OperationBody>(_ type: Body.Type) async throws(APIError) -> Body {
        try await onLaneIfLarge { () throws(APIError) in try Body(body: body) }
    }

    /// Runs work that is proportional to the body, on the `WorkLane` when that is large.
    func onLaneIfLarge<Result: Sendable>(
        _ work: @escaping @Sendable () throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        body.count <= ResponseWork.largeBody ? try work() : try await onLane(work)
    }

    /// Runs work of a millisecond or more where it holds up nobody but the same organization.
    func onLane<Result: Sendable>(
        _ work: @escaping @Sendable () throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await WorkLane.shared.run(for: caller?.organizationID ?? "", work)
    }
}

extension Call {
    /// Runs work in steps of a millisecond or two, as ``onLane(_:)`` does: between two of them other organizations have their turns. `step` is
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

/// The handlers by operation, each behind its endpoint's types.
struct Routes: Sendable {
    private(set) var all: [Route] = []
    private let metrics: RequestMetrics

    init(_ metrics: RequestMetrics) { self.metrics = metrics }

    /// Answers an endpoint with a handler that gets its parameters and body, already parsed.
    mutating func on<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler: @escaping @Sendable (Parameters, Body, Call) async throws(APIError) -> Reply<Response>
    ) {
        add(endpoint.operation) { (call) throws(APIError) in
            let parameters = try Parameters(holes: call.holes, query: call.query)
            var reply = try await handler(parameters, call.read(Body.self), call)
            if endpoint.operation.isRetrieval { reply.content = try reply.content.given(call.precondition) }
            return reply.answer
        }
    }

    /// Answers an endpoint for callers with a token from their snapshot, without waiting for anything.
    mutating func read<Parameters, Response>(
        _ endpoint: Endpoint<Parameters, NoBody, Response>,
        _ handler: @escaping @Sendable (Parameters, Caller) throws(APIError) -> Reply<Response>
    ) {
        read(endpoint) { (parameters, caller, _) throws(APIError) in try handler(parameters, caller) }
    }

    /// Answers an endpoint like ``read(_:_:)-(_,(Parameters,Caller)->Reply<Response>)``, with a handler that returns nil when its work would
    /// exceed the budget that it gets; then it is called again on the `WorkLane`, without a bound.
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

    /// Answers an endpoint like ``read(_:_:)-(_,(Parameters,Caller,Int)->Reply<Response>?)``, with another handler for what exceeds the
    /// budget.
    mutating func read<Parameters, Response>(
        _ endpoint: Endpoint<Parameters, NoBody, Response>,
        _ handler: @escaping @Sendable (Parameters, Caller, _ budget: Int) throws(APIError) -> Reply<Response>?,
        large: @escaping @Sendable (Parameters, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        let reading: Route.Reading = { (holes, query, caller, precondition, budget) throws(APIError) in
            try handler(Parameters(holes: holes, query: query), caller, budget)?.content.given(precondition)
        }
        add(endpoint.operation, reading: reading) { (call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            if let content = try reading(call.holes, call.query, caller, call.precondition, ResponseWork.atOnce) {
                return content.answer
            }
            let parameters = try Parameters(holes: call.holes, query: call.query)
            return try await large(parameters, call, caller).content.given(call.precondition).answer
        }
    }

    /// Answers an endpoint for callers with a token.
    mutating func on<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler: @escaping @Sendable (Parameters, Body, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        on(endpoint) { (parameters, body, call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            return try await handler(parameters, body, call, caller)
        }
    }

    /// Answers an endpoint for callers with a token with a handler that reads the body while it comes.
    mutating func stream<Parameters, Body, Response>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ handler:
            @escaping @Sendable (Parameters, RequestBody.Pieces, Call, Caller) async throws(APIError) -> Reply<Response>
    ) {
        guard case .stream(let limit, _) = endpoint.operation.body else { return }
        add(endpoint.operation) { (call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            let parameters = try Parameters(holes: call.holes, query: call.query)
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

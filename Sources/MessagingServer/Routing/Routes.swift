package import MessagingContract
package import MessagingCore

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
            var reply = try await handler(parameters, call.parsedBody(as: Body.self), call)
            if endpoint.operation.isRetrieval { reply.content = try reply.content.applying(call.precondition) }
            return reply.content
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
            try handler(Parameters(pathParameters: pathParameters, query: query), caller, budget)?.content.applying(
                precondition
            )
        }
        add(endpoint.operation, reading: reading) { (call) throws(APIError) in
            guard let caller = call.caller else { throw .authenticationRequired }
            let parameters = try Parameters(pathParameters: call.pathParameters, query: call.query)
            return try await large(parameters, call, caller).content.applying(call.precondition)
        }
    }

    /// Adds an endpoint for callers with a token.
    package mutating func on<Parameters, Body, Response>(
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
            return try await handler(parameters, call.request.body.pieces(limit: limit), call, caller).content
        }
    }

    private mutating func add(
        _ operation: APIOperation,
        reading: Route.Reading? = nil,
        _ handle: @escaping Route.Handling
    ) {
        all.append(Route(operation, metrics.counter(of: operation), reading: reading, handle: handle))
    }
}

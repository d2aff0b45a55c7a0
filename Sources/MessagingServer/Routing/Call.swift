package import MessagingContract
import MessagingCore

/// A request for a handler: its route was found, its caller was admitted, and its body was read. It is a class, since each asynchronous
/// function on its way holds it.
package final class Call: Sendable {
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
    package let body: [UInt8]
    /// The precondition on the object.
    let precondition: Precondition

    init(
        contextID: String,
        request: IncomingRequest,
        pathParameters: [String],
        query: Query,
        caller: Caller?,
        note: ClientNote?,
        body: [UInt8],
        precondition: Precondition
    ) {
        self.contextID = contextID
        self.request = request
        self.pathParameters = pathParameters
        self.query = query
        self.caller = caller
        self.note = note
        self.body = body
        self.precondition = precondition
    }
}

extension Call {
    /// Returns the parsed body. A large body is parsed on the `WorkLane`.
    func parsedBody<Body: OperationBody>(as type: Body.Type) async throws(APIError) -> Body {
        try await onLaneIfLarge { () throws(APIError) in try Body(body: self.body) }
    }

    /// Runs work that is proportional to the body. It runs on the `WorkLane` if the body is large.
    func onLaneIfLarge<Result: Sendable>(
        _ work: @escaping @Sendable () throws(APIError) -> Result
    ) async throws(APIError) -> Result {
        try await WorkLane.shared.run(onBytes: body.count, for: caller?.organizationID ?? "", work)
    }

    /// Runs work of a millisecond or more on the `WorkLane`, where it delays only the same organization.
    package func onLane<Result: Sendable>(
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

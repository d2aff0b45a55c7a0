public import MessagingContract

/// A layer around the responder, such as a journal of requests or faults on demand. It sees each request whose operation is known, before the
/// caller is admitted, and each response.
///
/// A server with a layer handles every request in a task. A server without layers does nothing for them.
public protocol Layer: Sendable {
    /// The rest of the way: the layers below this one, then the responder itself. It never fails, since every error becomes a response.
    typealias Next = @Sendable (IncomingRequest) async -> OutgoingResponse

    /// Handles a request to an operation. Returns the response of `next`, which it calls at most once, before or after work of its own.
    ///
    /// An error becomes the response, in the form of the operation. After `next` the operation may have had its effect nevertheless. The
    /// request that `next` gets may have another query or other header fields, but it goes to the same operation with the same path
    /// parameters.
    func respond(
        to request: IncomingRequest,
        of operation: APIOperation,
        next: Next
    ) async throws(APIError) -> OutgoingResponse
}

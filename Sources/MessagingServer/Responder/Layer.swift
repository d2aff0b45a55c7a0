public import MessagingContract

/// A layer around the responder, such as a journal of requests or faults on demand. It sees each request whose operation is known, before the
/// caller is admitted, and each response.
///
/// A server with a layer handles every request in a task. A server without layers does nothing for them.
public protocol Layer: Sendable {
    /// The rest of the way: the layers below this one, then the responder itself. It never fails, since every error becomes a response.
    typealias Next = @Sendable (IncomingRequest) async -> OutgoingResponse

    /// Handles a request to an operation. Returns the response of `next`, after or before work of its own, or responds by itself.
    ///
    /// An error becomes the response, in the form of the operation. A layer that throws an error should not have called `next`, because
    /// the operation may have had its effect.
    func respond(
        to request: IncomingRequest,
        of operation: APIOperation,
        next: Next
    ) async throws(APIError) -> OutgoingResponse
}

public import HTTPTypes

/// A transport of requests to a host and of its responses. Any HTTP client can be one: only ``send(_:body:)`` is required.
public protocol Transport: Sendable {
    /// Sends a request and returns the whole response with any status. Follows no redirect.
    ///
    /// `request` has a scheme, an authority and a path. The transport announces the length of `body`. This method has no time limit: the
    /// client cancels the task at its deadline, and waits until the call has ended. So the exchange must end at once when the task is
    /// cancelled, and must leave no connection behind.
    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8])

    /// Sends a request in the same way until a deadline. Throws ``TransportError/timedOut`` and ends the exchange if the response is not
    /// complete by then. The client calls this method.
    ///
    /// The default implementation calls ``send(_:body:)`` in a task that it cancels at the deadline. An implementation that keeps the
    /// deadline itself saves that task.
    func send(
        _ request: HTTPRequest,
        body: [UInt8],
        until deadline: ContinuousClock.Instant
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8])
}

extension Transport {
    public func send(
        _ request: HTTPRequest,
        body: [UInt8],
        until deadline: ContinuousClock.Instant
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        // In real time: the deadline of a transport is an instant of the system's clock, and a transport has no surroundings.
        let response = try await withDeadline(deadline, in: .system) { () async throws(TransportError) in
            try await send(request, body: body)
        }
        guard let response else { throw .timedOut }
        return response
    }
}

/// The reason why there is no response.
public enum TransportError: Error, Hashable, Sendable {
    /// The transport could not connect. The host has not received the request.
    case notConnected(cause: String)
    /// The connection broke. The host may have applied the request.
    case interrupted(cause: String)
    /// The deadline, or a time limit of the transport, has passed. The host may have applied the request.
    case timedOut
    /// The task was cancelled.
    case cancelled
}

/// The largest body of a response that a transport accepts, in bytes: 64 MiB.
let largestResponse = 64 << 20

public import HTTPTypes

/// What carries requests to a host and answers back: one method, so that any HTTP client can be one.
public protocol Transport: Sendable {
    /// Sends a request and returns the whole answer, whatever its status; follows no redirect.
    ///
    /// `request` has its scheme, authority and path; the length of `body` is the transport's to announce. There is no limit on time:
    /// the client cancels the task when the time is over, and waits until the call has ended. So when the task is cancelled the
    /// exchange must end at once, with its connection not left behind.
    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8])

    /// Does the same within a time, and throws ``TransportError/timedOut`` when the whole answer is not there by then; the exchange
    /// ends at once then too. This is what the client calls.
    ///
    /// Without an implementation of its own a transport does ``send(_:body:)`` in a task that is cancelled when the time is over. One that
    /// can keep the time by itself saves that task.
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
        let answer = try await withDeadline(deadline) { () async throws(TransportError) in
            try await send(request, body: body)
        }
        guard let answer else { throw .timedOut }
        return answer
    }
}

/// Why there is no answer.
public enum TransportError: Error, Hashable, Sendable {
    /// No connection came to be: the host has surely not seen the request.
    case notConnected(cause: String)
    /// The connection broke: the host may have done what was asked.
    case interrupted(cause: String)
    /// A time limit of the transport's own was over: the host may have done what was asked.
    case timedOut
    /// The task was cancelled.
    case cancelled
}

/// The bytes of an answer that a transport takes at most, 64 MiB.
let largestAnswer = 64 << 20

public import HTTPTypes

/// What carries requests to a host and answers back: one method, so that any HTTP client can be one.
public protocol Transport: Sendable {
    /// Sends a request and returns the whole answer, whatever its status; follows no redirect.
    ///
    /// `request` has its scheme, authority and path; the length of `body` is the transport's to announce. When the task is cancelled the
    /// exchange ends and its connection is not left behind. Throws ``TransportError/timedOut`` after `timeout`.
    func send(
        _ request: HTTPRequest,
        body: [UInt8],
        timeout: Duration
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8])
}

/// Why there is no answer.
public enum TransportError: Error, Hashable, Sendable {
    /// No connection came to be: the host has surely not seen the request.
    case notConnected(cause: String)
    /// The connection broke: the host may have done what was asked.
    case interrupted(cause: String)
    /// The time was over: the host may have done what was asked.
    case timedOut
    /// The task was cancelled.
    case cancelled
}

/// The bytes of an answer that a transport takes at most, 64 MiB.
let largestAnswer = 64 << 20

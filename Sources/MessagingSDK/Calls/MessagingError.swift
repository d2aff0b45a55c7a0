import HTTPTypes
public import MessagingContract

public import protocol Foundation.LocalizedError

/// The reason why a call failed. This library throws no other error.
public struct MessagingError: Error, Sendable {
    /// A kind of failure.
    public enum Reason: Hashable, Sendable {
        /// The host refused the request or failed; see ``MessagingError/status`` and ``MessagingError/body``.
        case refused
        /// The host issued no token for the credentials.
        case tokenRefused
        /// The last attempt could not connect to the host.
        case notConnected
        /// The connection broke before the response was complete.
        case interrupted
        /// There was no response within the time of the call.
        case timedOut
        /// The task was cancelled.
        case cancelled
        /// The status of the response is a success, but its body is not as the operation declares.
        case unreadable
        /// The request was not sent, because it cannot be valid.
        case invalidRequest
    }

    /// The kind of the failure.
    public let reason: Reason
    /// A sentence for people, without secrets.
    public let message: String
    /// The name of the operation, such as `getMessagingSettings`; nil if the failure belongs to none.
    public var operation: String?
    /// The metadata of the response; nil if there was none.
    public let metadata: ResponseMetadata?
    /// The error in the host's response; nil if there was no response, or if it is not in the vendor's form.
    public let body: APIError?
    /// The id of the request in the host's log; nil if it is not known.
    public let correlationID: String?

    /// The status of the response; nil if there was none.
    public var status: Int? { metadata?.status }
    /// The time to wait before the next request; nil if the host does not state it. See ``ResponseMetadata/retryAfter``.
    public var retryAfter: Duration? { metadata?.retryAfter }
    /// Whether the host may have applied the request, in the last attempt or in an earlier one. If false, the host has changed nothing.
    public internal(set) var outcomeIsUnknown: Bool

    /// Creates a failure without a request to a host, for a ``TokenSource`` of your own. Without a message, the reason is the message.
    public init(_ reason: Reason, _ message: String = "", operation: String? = nil) {
        self.reason = reason
        self.message = message.isEmpty ? "\(reason)" : message
        self.operation = operation
        metadata = nil
        body = nil
        correlationID = nil
        outcomeIsUnknown = false
    }

    /// Creates a failure that a response caused.
    init(_ reason: Reason, _ message: String, operation: String, _ response: ReceivedResponse, body: APIError? = nil) {
        self.reason = reason
        self.message = message
        self.operation = operation
        self.body = body
        let metadata = ResponseMetadata(response)
        self.metadata = metadata
        correlationID = metadata.correlationID ?? body.flatMap { $0.contextId.isEmpty ? nil : $0.contextId }
        outcomeIsUnknown = reason == .unreadable || response.status.kind == .serverError
    }

    /// Creates the failure that a host reports with a status that is no success.
    init(_ response: ReceivedResponse, operation: APIOperation) {
        let json = try? JSON(parsing: response.body)
        let status = response.status.code
        switch operation.errorForm {
        case .oauth:
            let code = json?["error"]?.string ?? "status \(status)"
            let text = json?["error_description"]?.string ?? json?["description"]?.string
            self.init(.tokenRefused, text.map { "\(code): \($0)" } ?? code, operation: operation.id, response)
        case .api, .page:
            let body = json.flatMap { APIError(tolerating: $0, status: status) }
            let message = body.map(\.message) ?? "status \(status)"
            self.init(.refused, message, operation: operation.id, response, body: body)
        }
    }

    /// Creates the failure of an attempt without a response.
    init(after error: TransportError, operation: String) {
        switch error {
        case .notConnected(let cause): self.init(.notConnected, "could not connect: \(cause)", operation: operation)
        case .interrupted(let cause): self.init(.interrupted, "the connection broke: \(cause)", operation: operation)
        case .timedOut: self = .outOfTime(operation)
        case .cancelled: self.init(.cancelled, operation: operation)
        }
        outcomeIsUnknown = reason != .notConnected
    }

    /// Creates the failure of a call whose time ended before anything was sent.
    static func outOfTime(_ operation: String) -> MessagingError {
        MessagingError(.timedOut, "no response in time", operation: operation)
    }
}

extension MessagingError: CustomStringConvertible {
    public var description: String {
        let parts = [
            operation, status.map(String.init), body?.code, message, correlationID.map { "correlation id \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}

extension MessagingError: LocalizedError {
    /// The description, which `localizedDescription` then returns.
    public var errorDescription: String? { description }
}

import HTTPTypes
public import MessagingContract

public import protocol Foundation.LocalizedError

/// Why a call failed: the one error that this library throws.
public struct MessagingError: Error, Sendable {
    /// What kind of failure it is.
    public enum Reason: Hashable, Sendable {
        /// The host refused the request, or failed: see ``MessagingError/status`` and ``MessagingError/body``.
        case refused
        /// The host gave no token for these credentials.
        case tokenRefused
        /// No connection came to be for the last attempt.
        case notConnected
        /// The connection broke.
        case interrupted
        /// The time was over.
        case timedOut
        /// The task was cancelled.
        case cancelled
        /// The host answered with a success that is not what the operation answers with.
        case unreadable
        /// The request was not sent, since it cannot be valid.
        case invalidRequest
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// A sentence for people; has no secrets.
    public let message: String
    /// The operation's name, `getMessagingSettings`; nil when the failure belongs to none.
    public var operation: String?
    /// What came with the answer; nil when there was none.
    public let metadata: ResponseMetadata?
    /// The error in the host's response; nil when there was no response, or one that is not in the vendor's form.
    public let body: APIError?
    /// The id under which the host's log has the request.
    public let correlationID: String?

    /// The status of the answer; nil when there was none.
    public var status: Int? { metadata?.status }
    /// After which time the host wants to be asked again.
    public var retryAfter: Duration? { metadata?.retryAfter }
    /// Whether the host may have done what was asked, in the last attempt or in one before it. When false it has changed nothing.
    public internal(set) var outcomeIsUnknown: Bool

    /// A failure without a request that a host could have got. For sources of tokens of your own.
    public init(_ reason: Reason, _ message: String = "", operation: String? = nil) {
        self.reason = reason
        self.message = message.isEmpty ? "\(reason)" : message
        self.operation = operation
        metadata = nil
        body = nil
        correlationID = nil
        outcomeIsUnknown = false
    }

    /// A failure that follows from an answer.
    init(_ reason: Reason, _ message: String, operation: String, _ answer: HTTPAnswer, body: APIError? = nil) {
        self.reason = reason
        self.message = message
        self.operation = operation
        self.body = body
        let metadata = ResponseMetadata(answer)
        self.metadata = metadata
        correlationID = metadata.correlationID ?? body.flatMap { $0.contextId.isEmpty ? nil : $0.contextId }
        outcomeIsUnknown = reason == .unreadable || answer.response.status.kind == .serverError
    }

    /// Creates the failure that a host reports with a status that is no success.
    init(_ answer: HTTPAnswer, operation: APIOperation) {
        let json = try? JSON(parsing: answer.body)
        let status = answer.response.status.code
        switch operation.errorForm {
        case .oauth:
            let code = json?["error"]?.string ?? "status \(status)"
            let text = json?["error_description"]?.string ?? json?["description"]?.string
            self.init(.tokenRefused, text.map { "\(code): \($0)" } ?? code, operation: operation.id, answer)
        case .api:
            let body = json.flatMap { APIError(tolerating: $0, status: status) }
            let message = body.map(\.message) ?? "status \(status)"
            self.init(.refused, message, operation: operation.id, answer, body: body)
        }
    }

    /// The failure of an attempt that brought no answer.
    init(after error: TransportError, operation: String) {
        switch error {
        case .notConnected(let cause): self.init(.notConnected, "no connection: \(cause)", operation: operation)
        case .interrupted(let cause): self.init(.interrupted, "the connection broke: \(cause)", operation: operation)
        case .timedOut: self = .outOfTime(operation)
        case .cancelled: self.init(.cancelled, operation: operation)
        }
        outcomeIsUnknown = reason != .notConnected
    }

    /// The time was over before anything was sent.
    static func outOfTime(_ operation: String) -> MessagingError {
        MessagingError(.timedOut, "no answer in time", operation: operation)
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

package import MessagingSDK

extension Failure {
    /// Creates the failure of a command whose call of the API failed.
    package init(_ error: MessagingError) {
        self.init(Self.exit(for: error), Self.code(for: error), Self.message(for: error), next: Self.next(for: error))
        status = error.status
        contextID = error.correlationID
    }

    private static func exit(for error: MessagingError) -> Exit {
        switch (error.reason, error.status) {
        case (.cancelled, _): .cancelled
        case (.tokenRefused, 400?), (_, 401?), (_, 403?): .notPermitted
        case (.refused, 404?): .notFound
        default: .failed
        }
    }

    /// The API's own code, or one for a failure that no response explains.
    private static func code(for error: MessagingError) -> String {
        if let code = error.body?.code, !code.isEmpty { return code }
        return switch error.reason {
        case .refused: "refused"
        case .tokenRefused: "token.refused"
        case .notConnected: "not.connected"
        case .interrupted: "connection.interrupted"
        case .timedOut: "timed.out"
        case .cancelled: "cancelled"
        case .unreadable: "unreadable.response"
        case .invalidRequest: "invalid.request"
        }
    }

    private static func message(for error: MessagingError) -> String {
        let text = error.message.last == "." ? String(error.message.dropLast()) : error.message
        return switch error.reason {
        case .tokenRefused: "the host issued no token: \(text)"
        case .unreadable: "the host sent a response that is not of this API: \(text)"
        case .refused where error.body == nil: "the host refused the request with \(text)"
        default: text
        }
    }

    private static func isRead(_ error: MessagingError) -> Bool {
        APIOperation.all.first { $0.id == error.operation }?.method == .get
    }

    private static func next(for error: MessagingError) -> String? {
        if error.outcomeIsUnknown, error.status != 412, !isRead(error) {
            return "A change may have been made all the same. Look at the object before you repeat the command."
        }
        switch (error.reason, error.status) {
        case (.notConnected, _), (.timedOut, _), (.interrupted, _):
            return "Check the address and that the server runs: messaging doctor"
        case (.tokenRefused, 400?), (.tokenRefused, 401?), (.tokenRefused, 403?):
            return "Check the id and the secret of the client: messaging doctor"
        case (.tokenRefused, _), (.unreadable, _): return "Check the address: messaging doctor"
        case (_, 401?): return "The token is invalid or has expired. Get another one, or log in: messaging login"
        case (_, 403?): return "Ask an administrator for the permission, or use another client."
        case (_, 412?): return "Another client has changed the object. Look at it, and repeat the command."
        case (_, 429?):
            guard let wait = error.retryAfter else { return "Wait a minute, and repeat the command." }
            return "Wait \(wait.components.seconds) s, and repeat the command."
        case (_, 400?): return "Correct the value. messaging explain FIELD describes a field."
        default: return nil
        }
    }
}

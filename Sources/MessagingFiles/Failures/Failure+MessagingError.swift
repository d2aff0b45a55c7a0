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
        case (.refused, 404?) where isAPI(error): .notFound
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

    /// Whether a response comes from a host with this API, and not from another server at the address.
    private static func isAPI(_ error: MessagingError) -> Bool {
        error.body.map { !$0.code.isEmpty || !$0.message.isEmpty } ?? false
    }

    private static func message(for error: MessagingError) -> String {
        if error.reason == .refused, !isAPI(error) {
            let place = error.metadata?.headers[.location].map { ", which leads to \($0)" } ?? ""
            return "the host refused the request with status \(error.status ?? 0)\(place)"
        }
        let text = error.message.last == "." ? String(error.message.dropLast()) : error.message
        return switch error.reason {
        case .tokenRefused: "the host issued no token: \(text)"
        case .unreadable: "the host sent a response that is not of this API: \(text)"
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
        case (.refused, let status?) where (300..<400).contains(status):
            return "Set the address to the one of the API itself."
        case (.refused, 404?) where !isAPI(error), (.unreadable, _):
            return "Another server may be at this address. Check it: messaging doctor"
        case (_, 401?): return "The token is invalid or has expired. Get another one, or log in: messaging login"
        case (_, 403?): return "Ask an administrator for the permission, or use another client."
        case (_, 412?): return "Another client has changed the object. Look at it, and repeat the command."
        case (_, 429?):
            guard let wait = error.retryAfter else { return "Wait a minute, and repeat the command." }
            return "Wait \(wait.components.seconds) s, and repeat the command."
        case (_, 400?): return "Correct the value. messaging explain FIELD describes a field."
        case (.tokenRefused, _): return "Check the address: messaging doctor"
        default: return nil
        }
    }
}

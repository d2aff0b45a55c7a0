import HTTPTypes
import MessagingContract

extension OutgoingResponse {
    /// Creates the response to an error, in the form of an operation.
    init(_ error: APIError, _ form: APIOperation.ErrorForm, contextID: String) {
        var content = Content(status: .init(integerLiteral: error.status))
        switch form {
        case .api:
            var error = error
            error.contextId = contextID
            content.body = .bytes(error.json.bytes)
        case .oauth:
            content.body = .bytes(error.oauthJSON.bytes)
        case .page:
            content.mediaType = ReferencePage.mediaType
            content.body = .bytes(Array(ErrorPage(error, contextID: contextID).text.utf8))
            content.fields.add(.contentSecurityPolicy, Content.pagePolicy)
        }
        content.fields.add(.wwwAuthenticate, error.challenge?.field)
        if error.status == 426 {
            content.fields.add(.connection, "Upgrade")
            content.fields.add(.upgrade, "websocket")
            content.fields.add(.secWebSocketVersion, "13")
        }
        content.fields.add(.retryAfter, error.retryAfter.map(String.init))
        self.init(content, contextID: contextID)
    }
}

import HTTPTypes
import MessagingContract

extension Answer {
    /// An error in the vendor's form.
    init(_ error: APIError, contextID: String) {
        var error = error
        error.contextId = contextID
        self.init(status: .init(integerLiteral: error.status), json: error.json.bytes)
        if error.status == 401 { fields[.wwwAuthenticate] = "Bearer realm=\"messaging\"" }
        fields[.retryAfter] = error.retryAfter.map(String.init)
    }

    /// An error in the form of the OAuth endpoints.
    init(oauth error: APIError) {
        self.init(status: .init(integerLiteral: error.status), json: error.oauthJSON.bytes)
        if error.status == 401 { fields[.wwwAuthenticate] = "Basic realm=\"messaging\"" }
        fields[.retryAfter] = error.retryAfter.map(String.init)
    }
}

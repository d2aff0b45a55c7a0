import HTTPTypes
import MessagingContract

extension Answer {
    /// Creates the response to an error.
    init(_ error: APIError, _ form: APIOperation.ErrorForm, contextID: String) {
        let json: JSON
        switch form {
        case .api:
            var error = error
            error.contextId = contextID
            json = error.json
        case .oauth:
            json = error.oauthJSON
        }
        self.init(status: .init(integerLiteral: error.status), json: json.bytes)
        fields[.wwwAuthenticate] = error.challenge?.field
        fields[.retryAfter] = error.retryAfter.map(String.init)
    }

    /// Returns this response with the header fields that every response has.
    func correlated(_ contextID: String) -> Answer {
        var answer = self
        answer.fields[.correlationID] = contextID
        answer.fields[.genesysCorrelationID] = contextID
        answer.fields.append(contentsOf: Self.uncached)
        return answer
    }

    /// The header fields that keep a response out of caches.
    static let uncached: HTTPFields = [
        .cacheControl: "no-cache, no-store, must-revalidate", .pragma: "no-cache", .expires: "0",
    ]
}

import HTTPTypes
import MessagingContract

extension Answer {
    /// Creates the response to an error in the form of the endpoints at this path, of which only the first segment counts, as it is
    /// spelled: a target that is too long may be cut in an escape.
    init(_ error: APIError, path: Substring, contextID: String) {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
        if segments.count == 3, segments[0].isEmpty, segments[1].elementsEqual("oauth".utf8) {
            self.init(oauth: error)
        } else {
            self.init(error, contextID: contextID)
        }
    }

    /// An error in the vendor's form.
    init(_ error: APIError, contextID: String) {
        var error = error
        error.contextId = contextID
        self.init(error, json: error.json)
    }

    /// An error in the form of the OAuth endpoints.
    init(oauth error: APIError) { self.init(error, json: error.oauthJSON) }

    private init(_ error: APIError, json: JSON) {
        self.init(status: .init(integerLiteral: error.status), json: json.bytes)
        fields[.wwwAuthenticate] = error.challenge?.field
        fields[.retryAfter] = error.retryAfter.map(String.init)
    }

    /// The same answer with the fields that every answer has.
    func correlated(_ contextID: String) -> Answer {
        var answer = self
        answer.fields[.correlationID] = contextID
        answer.fields[.genesysCorrelationID] = contextID
        answer.fields.append(contentsOf: Self.uncached)
        return answer
    }

    /// What keeps an answer out of caches.
    static let uncached: HTTPFields = [
        .cacheControl: "no-cache, no-store, must-revalidate", .pragma: "no-cache", .expires: "0",
    ]
}

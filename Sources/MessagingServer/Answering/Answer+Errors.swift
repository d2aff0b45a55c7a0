import HTTPTypes
import MessagingContract

extension Answer {
    /// Creates the response to an error, in the form of the endpoints at this path.
    ///
    /// Only the first segment of the path counts, in its encoded spelling: the server may cut a target that is too long inside an escape.
    init(_ error: APIError, path: Substring, contextID: String) {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
        if segments.count == 3, segments[0].isEmpty, segments[1].elementsEqual("oauth".utf8) {
            self.init(oauth: error)
        } else {
            self.init(error, contextID: contextID)
        }
    }

    /// Creates the response to an error in the vendor's form.
    init(_ error: APIError, contextID: String) {
        var error = error
        error.contextId = contextID
        self.init(error, json: error.json)
    }

    /// Creates the response to an error in the form of the OAuth endpoints.
    init(oauth error: APIError) { self.init(error, json: error.oauthJSON) }

    private init(_ error: APIError, json: JSON) {
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

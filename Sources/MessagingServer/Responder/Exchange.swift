import HTTPTypes
import MessagingContract
import MessagingCore

/// A request on its way through the responder, with what is known about it so far.
struct Exchange: Sendable {
    /// The request as the client behind the trusted proxies sent it.
    var request: IncomingRequest
    let target: RequestTarget
    /// The correlation id.
    let contextID: String
    /// The time at which the request began.
    let start: ContinuousClock.Instant
    /// The route of the request; nil if it has not been found.
    var route: Route?
    /// The decoded path parameters.
    var pathParameters: [String] = []
    /// The value of `Link` for a deprecated operation; nil for other operations.
    var successorLink: String?
    /// The caller; nil if it has not been authenticated.
    var caller: Caller?
    /// The rate of the caller's token; nil if it has not been counted.
    var rate: Rate?
    /// The items of the query.
    var query = Query()
    /// A note for the client that a request without a token names; nil for other requests.
    var note: ClientNote?
    /// Header fields of the response, whatever it is; nil if there are none.
    var fields: HTTPFields?
    /// The code of the error in the response; nil if there is none.
    var reason: String?

    /// Creates the state of a request that begins now.
    init(_ request: IncomingRequest, in surroundings: Surroundings) {
        self.request = request
        target = request.target
        contextID = surroundings.makeID()
        start = surroundings.instant()
    }
}

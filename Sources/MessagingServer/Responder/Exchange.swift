import HTTPTypes
import MessagingContract
import MessagingCore
import Synchronization

/// A request on its way through the responder, with what is known about it so far.
struct Exchange: Sendable {
    /// The request as the client behind the trusted proxies sent it, or as a layer has passed it on.
    var request: IncomingRequest { didSet { target = request.target } }
    private(set) var target: RequestTarget
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
    /// The revision of the caller's organization after the request had come; nil if it was not checked.
    var revision: Revision?
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
    /// The last exchange of the request behind the layers; nil if it passes none.
    var innermost: InnermostExchange?

    /// Creates the state of a request that begins now.
    init(_ request: consuming IncomingRequest, in surroundings: Surroundings) {
        target = request.target
        self.request = request
        contextID = surroundings.makeID()
        start = surroundings.instant()
    }
}

/// The last exchange of a request behind the layers, which knows the caller and the error. The request is counted and logged when it has
/// passed all layers.
final class InnermostExchange: Sendable {
    private let last = Mutex<Exchange?>(nil)

    /// Notes an exchange that has its response. A layer that refuses the request afterwards does not know the caller.
    func note(_ exchange: Exchange) {
        last.withLock { last in
            var noted = exchange
            noted.innermost = nil
            noted.caller = exchange.caller ?? last?.caller
            noted.note = exchange.note ?? last?.note
            last = noted
        }
    }

    /// The noted exchange; nil if no layer has passed the request on.
    var exchange: Exchange? { last.withLock { $0 } }
}

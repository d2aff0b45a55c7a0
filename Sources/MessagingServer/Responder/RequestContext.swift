import HTTPTypes
import MessagingContract
import MessagingCore

/// The state of a request that is being handled.
struct RequestContext {
    /// The correlation id.
    let contextID: String
    /// The time at which the request began.
    let start: ContinuousClock.Instant
    /// The route of the request; nil if it has not been found.
    var route: Route?
    /// The caller; nil if it has not been authenticated.
    var caller: Caller?
    /// A note for the client that a request without a token names; nil for other requests.
    var note: ClientNote?
    /// The code of the error in the response; nil if there is none.
    var reason: String?

    /// Creates the context of a request that begins now.
    init(in surroundings: Surroundings) {
        contextID = surroundings.makeID()
        start = surroundings.instant()
    }
}

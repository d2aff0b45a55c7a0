import HTTPTypes
import MessagingContract
import MessagingCore

/// The state of a request that is being handled.
struct Exchange {
    /// The correlation id.
    let contextID = Identifiers.make()
    /// The time at which the request began.
    let start = ContinuousClock.now
    /// The route of the request; nil if it has not been found.
    var route: Route?
    /// The caller; nil if it has not been authenticated.
    var caller: Caller?
    /// A note for the client that a request without a token names; nil for other requests.
    var note: ClientNote?
    /// The code of the error in the response; nil if there is none.
    var reason: String?
}

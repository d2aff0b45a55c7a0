import HTTPTypes
import MessagingContract
import MessagingCore

/// What is known of a request while it is answered.
struct Exchange {
    /// The correlation id.
    let contextID = Identifiers.make()
    /// When it began.
    let start = ContinuousClock.now
    /// The route that it takes; nil while there is none.
    var route: Route?
    /// Who asks; nil while that is not known.
    var caller: Caller?
    /// Where a handler notes the client that a request without a token names; nil for other requests.
    var note: ClientNote?
    /// The code of the error that it is answered with; nil while there is none.
    var reason: String?
}

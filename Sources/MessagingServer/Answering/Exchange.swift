import HTTPTypes
import MessagingContract
import MessagingCore

/// What is known of a request while it is answered.
struct Exchange {
    /// The correlation id.
    let contextID = Organizations.makeID()
    /// When it began.
    let start = ContinuousClock.now
    /// The operation that it asks for; nil while there is none.
    var operation: APIOperation?
    /// Who asks; nil while that is not known.
    var caller: Caller?
    /// Fields that the answer gets, whatever it is.
    var fields = HTTPFields()
}

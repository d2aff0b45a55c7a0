import HTTPTypes
import MessagingContract
import NIOCore

/// A part of a connection's input. Parts come in the order in which they arrived.
enum RequestPart: Sendable {
    case head(HTTPRequest, BodyLength)
    case body(ByteBuffer)
    case end
    /// No more requests can be read. The part takes the place of a head or comes in the middle of a body.
    case refused(Refusal)
}

/// A part of a connection's output.
enum AnswerPart: Sendable {
    /// An interim response (1xx) to the oldest request without a response.
    case interim(HTTPResponse.Status, HTTPFields)
    /// The body of the oldest request without a response is read as a stream. From now on it must keep a pace and has no deadline.
    case streaming
    /// The response to the oldest request without one. `closes` states that no later request gets a response.
    case answer(Answer, withBody: Bool, closes: Bool)
    /// There is no more output.
    case done
}

/// The reason why a connection cannot continue.
struct Refusal: Error, Sendable {
    var error: APIError
    /// The target of the refused request, as far as it is known.
    var target: String
    /// Whether the refused request is a HEAD, whose response has no body.
    var isHead = false
}

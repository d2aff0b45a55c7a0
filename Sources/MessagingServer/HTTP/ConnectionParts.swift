import HTTPTypes
import MessagingContract
import NIOCore

/// What comes from a connection, in the order in which it came.
enum RequestPart: Sendable {
    case head(HTTPRequest, BodyLength)
    case body(ByteBuffer)
    case end
    /// No more requests can be read. Comes in the place of a head, or in the middle of a body.
    case refused(Refusal)
}

/// What goes to a connection.
enum AnswerPart: Sendable {
    /// 100 (Continue): the client may send its body.
    case proceed
    /// The body of the oldest request that has no answer is read while it comes: from now on it has to keep a pace, and no deadline.
    case streaming
    /// The answer to the oldest request that has none; `closes` when no more are answered after it.
    case answer(Answer, withBody: Bool, closes: Bool)
    /// Nothing more is to come.
    case done
}

/// Why a connection cannot go on.
struct Refusal: Error, Sendable {
    var error: APIError
    /// The target of the request that it is about, as far as it is known.
    var target: String
    /// Whether that request is a HEAD, so that the response has no body.
    var isHead = false
}

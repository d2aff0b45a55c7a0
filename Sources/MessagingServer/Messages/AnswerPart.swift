import HTTPTypes

/// A part of a connection's output.
enum AnswerPart: Sendable {
    /// An interim response (1xx) to the oldest request without a response. It is not sent if that request is HTTP/1.0.
    case interim(HTTPResponse.Status, HTTPFields)
    /// The body of the oldest request without a response is read as a stream. From now on it must keep a pace and has no deadline.
    case streaming
    /// The response to the oldest request without one. `closes` states that no later request gets a response.
    case answer(Answer, withBody: Bool, closes: Bool)
    /// There is no more output.
    case done
}

import HTTPTypes
import NIOCore

/// A part of a connection's input. Parts come in the order in which they arrived.
enum RequestPart: Sendable {
    case head(HTTPRequest, BodyLength)
    case body(ByteBuffer)
    case end
    /// No more requests can be read. The part takes the place of a head or comes in the middle of a body.
    case refused(Refusal)
}

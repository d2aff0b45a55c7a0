import NIOCore
import NIOHTTP1

/// The parser of a connection's requests. It is replaced after a request that offers another protocol, because NIO's parser reads nothing
/// after such a request: the server could have agreed.
final class RequestParser {
    typealias Handler = ByteToMessageHandler<HTTPRequestDecoder>

    /// The present parsing handler.
    private(set) var handler: Handler
    private let limits: NIOHTTPDecoderLimitConfiguration

    /// Creates a parser that accepts heads within the limits of connections.
    init(_ limits: Limits) {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headBytes
        decoding.maxHeaderListSize = limits.headBytes
        decoding.maxHeaderFieldCount = limits.fields
        self.limits = decoding
        handler = Handler(HTTPRequestDecoder(limitConfiguration: decoding))
    }

    /// Replaces the handler after the end of a request. `codec` is the handler behind it.
    ///
    /// NIO removes the old handler in the next turn of the event loop. The response comes later, and the next request is passed on only
    /// after the response.
    func restart(_ context: ChannelHandlerContext, before codec: ExchangeCodec) {
        let old = handler
        let new = Handler(HTTPRequestDecoder(limitConfiguration: limits))
        handler = new
        let pipeline = context.pipeline.syncOperations
        pipeline.removeHandler(old).assumeIsolated().whenSuccess {
            // This fails if the connection is closed.
            try? pipeline.addHandler(new, position: .before(codec))
        }
    }
}

import NIOCore
import NIOHTTP1

/// The parser of a connection's requests, which is replaced behind a request that offers another protocol: NIO's reads nothing after one,
/// since the server could have agreed.
final class RequestParser {
    typealias Handler = ByteToMessageHandler<HTTPRequestDecoder>

    /// The handler that parses now.
    private(set) var handler: Handler
    private let limits: NIOHTTPDecoderLimitConfiguration

    /// Creates a parser that takes heads within the limits of connections.
    init(_ limits: Limits) {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headBytes
        decoding.maxHeaderListSize = limits.headBytes
        decoding.maxHeaderFieldCount = limits.fields
        self.limits = decoding
        handler = Handler(HTTPRequestDecoder(limitConfiguration: decoding))
    }

    /// Replaces the handler when a request has ended, for `codec`, which stands behind it. NIO takes the old one away in the next turn of the
    /// event loop: the response comes later, and the next request is only handed on after that.
    func restart(_ context: ChannelHandlerContext, before codec: ExchangeCodec) {
        let old = handler
        let new = Handler(HTTPRequestDecoder(limitConfiguration: limits))
        handler = new
        let pipeline = context.pipeline.syncOperations
        pipeline.removeHandler(old).assumeIsolated().whenSuccess {
            // Fails when the connection is closed.
            try? pipeline.addHandler(new, position: .before(codec))
        }
    }
}

import NIOCore

/// Stands between the socket and all else, TLS too: counts what is written, and can end the connection without a farewell.
final class SocketEnd: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Bytes that were written to the connection.
    private(set) var written = 0
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    /// Closes at once, whatever is still to be written.
    func cut() { context?.close(promise: nil) }
}

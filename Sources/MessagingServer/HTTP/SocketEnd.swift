import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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

    /// Bytes that were written and that the client's system has not taken yet.
    var waiting: Int { (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 }

    /// Calls `action` once everything that was written is taken, or cannot be any more.
    func whenTaken(_ action: @escaping () -> Void) {
        let taken = context?.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())))
        taken?.assumeIsolated().whenComplete { _ in action() }
    }

    /// Whether the client's system has acknowledged all that was sent, once the sending side is closed. True where the system does not
    /// report it.
    var isAcknowledged: Bool {
        #if os(Linux)
            var state: Int?
            let socket = context?.channel as? any SocketOptionProvider
            socket?.getTCPInfo().assumeIsolated().whenSuccess { state = Int($0.tcpi_state) }
            return state != TCP_ESTABLISHED && state != TCP_FIN_WAIT1
        #else
            return true
        #endif
    }

    /// Closes at once, whatever is still to be written.
    func cut() { context?.close(promise: nil) }

    /// Returns ``cut()`` for other threads than that of its event loop.
    func cutFromAnywhere(_ eventLoop: any EventLoop) -> @Sendable () -> Void {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return { eventLoop.execute { bound.value.cut() } }
    }
}

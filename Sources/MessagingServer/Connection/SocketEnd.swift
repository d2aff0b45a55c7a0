import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The handler between the socket and all other handlers, including TLS. It counts written bytes and can cut the connection.
final class SocketEnd: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// The number of bytes that were written to the connection.
    private(set) var written = 0
    /// The number of writes that the client's system has not taken yet.
    private var unfinished = 0
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written += unwrapOutboundIn(data).readableBytes
        let promise = promise ?? context.eventLoop.makePromise()
        unfinished += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in self.unfinished -= 1 }
        context.write(data, promise: promise)
    }

    /// The number of written bytes that the client's system has not taken yet.
    var waiting: Int {
        // Most writes are finished at once, and asking the channel costs more than counting them.
        if unfinished == 0 { return 0 }
        return (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Calls `action` once all written bytes are taken, or cannot be taken any more.
    func whenTaken(_ action: @escaping () -> Void) {
        let taken = context?.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())))
        taken?.assumeIsolated().whenComplete { _ in action() }
    }

    /// Whether the client's system has acknowledged all sent bytes, after the sending side is closed. It is true if the system does not
    /// report this.
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

    /// Closes the connection at once and drops unsent bytes.
    func cut() { context?.close(promise: nil) }

    /// Returns a closure that calls ``cut()`` and may be called on any thread.
    func cutFromAnyThread(_ eventLoop: any EventLoop) -> @Sendable () -> Void {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return { eventLoop.execute { bound.value.cut() } }
    }
}

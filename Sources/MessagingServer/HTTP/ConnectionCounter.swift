import NIOCore

/// Counts the open connections, so that draining can end when there are none.
final class ConnectionCounter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let readiness: Readiness
    private var isCounted = false

    init(_ readiness: Readiness) { self.readiness = readiness }

    func handlerAdded(context: ChannelHandlerContext) {
        isCounted = true
        readiness.connectionOpened()
    }

    func channelInactive(context: ChannelHandlerContext) {
        uncount()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { uncount() }

    private func uncount() {
        if isCounted { readiness.connectionClosed() }
        isCounted = false
    }
}

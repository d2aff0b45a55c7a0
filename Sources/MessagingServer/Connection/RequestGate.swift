import NIOCore

/// A handler that holds the bytes of requests that a client sends ahead of its responses. While it holds some, it reads no more.
///
/// It is nearest to the socket or to TLS, and passes one request after the other to the handlers behind it. They hand bytes of the next
/// request back (``hold(_:)``), and get them again when that may follow (``open()``).
final class RequestGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// Whether the client has closed its sending side while bytes were held.
    private(set) var isInputClosed = false
    private let limit: Int
    private var held: ByteBuffer?
    private var wantsRead = false
    private var isReplaying = false
    private var isOpenedAgain = false
    private var context: ChannelHandlerContext?

    private static let endOfHead = Array("\r\n\r\n".utf8)

    /// Creates a gate that holds at most `limit` bytes. More can arrive only when the client closes its sending side, because the system
    /// then delivers all remaining bytes. They are dropped, as if the client had not sent them.
    init(limit: Int) { self.limit = limit }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Whether a complete head of a request is held.
    var holdsRequest: Bool {
        held?.readableBytesView.firstRange(of: Self.endOfHead) != nil
    }

    /// Takes back bytes of the next request that were just passed on.
    func hold(_ bytes: ByteBuffer) {
        // Bytes from the socket are part of a larger buffer, which must not live as long.
        held = isReplaying ? bytes : ByteBuffer(bytes.readableBytesView)
    }

    /// Passes on the held bytes, because the next request may follow.
    func open() {
        if isReplaying { isOpenedAgain = true }
        guard let context, held != nil, !isReplaying else { return }
        isReplaying = true
        repeat {
            isOpenedAgain = false
            guard let bytes = held else { break }
            held = nil
            context.fireChannelRead(wrapInboundOut(bytes))
            context.fireChannelReadComplete()
        } while isOpenedAgain
        isReplaying = false
        guard held == nil else { return }
        if isInputClosed { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if wantsRead {
            wantsRead = false
            context.channel.read()
        }
    }

    /// Drops the held bytes, because no request follows.
    func drop() { held = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isInputClosed { return }
        guard held != nil else { return context.fireChannelRead(data) }
        var bytes = unwrapInboundIn(data)
        let room = max(0, limit - (held?.readableBytes ?? 0))
        if bytes.readableBytes > room {
            isInputClosed = true
            bytes = bytes.getSlice(at: bytes.readerIndex, length: room) ?? ByteBuffer()
        }
        held?.writeBuffer(&bytes)
    }

    func channelInactive(context: ChannelHandlerContext) {
        held = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event, held != nil {
            isInputClosed = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func read(context: ChannelHandlerContext) {
        if held == nil { context.read() } else { wantsRead = true }
    }
}

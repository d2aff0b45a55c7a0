import NIOCore

/// Holds the bytes of requests that a client sends ahead of its responses, and reads no more from the socket while it holds some.
///
/// Stands nearest to the socket, or to TLS. What stands behind it is given one request after the other: it hands bytes back
/// (``hold(_:)``) that belong to the next one, and gets them again when that may come (``open()``).
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

    /// Creates a gate that holds at most `limit` bytes. More can only come when the client closes its sending side, because the
    /// system then hands over all that it has; they are dropped, as if the client had not sent them.
    init(limit: Int) { self.limit = limit }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Whether the head of a request is held as a whole.
    var holdsRequest: Bool {
        held?.readableBytesView.firstRange(of: Self.endOfHead) != nil
    }

    /// Takes back bytes of the next request, from what was just handed on.
    func hold(_ bytes: ByteBuffer) {
        // What comes from the socket is a part of a larger buffer, which is not to live as long.
        held = isReplaying ? bytes : ByteBuffer(bytes.readableBytesView)
    }

    /// Hands on what is held: the next request may come.
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

    /// Forgets what is held: no request comes any more.
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

import NIOCore

/// A handler for reads that need no waiting, on the event loop. All other requests go on to the parser and the ``Responder``'s task.
///
/// It is between the socket or TLS and the meter, so that a complete read costs neither parser nor task. It looks only at bytes that begin
/// a request when every earlier request has its response and the client reads its responses.
final class ReadsAtOnce: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = IOData

    private let responder: Responder
    private let meter: ConnectionMeter
    private let load: ServerLoad
    private let date: DateField
    private var address: String?
    /// The number of bytes that were written but not flushed.
    private var written = 0

    /// The number of bytes in responses that are written before the client's system must take them.
    private static let batch = 16 * 1_024

    init(_ responder: Responder, _ meter: ConnectionMeter, _ load: ServerLoad, _ date: DateField) {
        self.responder = responder
        self.meter = meter
        self.load = load
        self.date = date
    }

    func channelActive(context: ChannelHandlerContext) {
        address = context.remoteAddress?.usualIPAddress
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        while meter.isBetweenRequests, !load.isDraining,
            let (answer, rest, length) = responder.readAtOnce(
                bytes.readableBytesUInt8Span,
                meter.limits,
                from: address,
                date: date
            )
        {
            bytes.moveReaderIndex(forwardBy: length)
            written += answer.readableBytes
            if let rest {
                meter.send(answer, rest)
            } else {
                context.write(wrapOutboundOut(.byteBuffer(answer)), promise: nil)
            }
            if written >= Self.batch || rest != nil { flush(context) }
            if bytes.readableBytes == 0 { return }
        }
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if written > 0 { flush(context) }
        context.fireChannelReadComplete()
    }

    private func flush(_ context: ChannelHandlerContext) {
        written = 0
        context.flush()
        meter.responsesBypassed()
    }
}

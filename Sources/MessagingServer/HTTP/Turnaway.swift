import HTTPTypes
import NIOCore

/// Tells a connection for which there is no room so, without reading what it sends.
final class Turnaway: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    private let meter: ConnectionMeter
    private let answer: Answer
    private let date: DateField

    init(_ meter: ConnectionMeter, _ answer: Answer, date: DateField) {
        self.meter = meter
        self.answer = answer
        self.date = date
    }

    func channelActive(context: ChannelHandlerContext) {
        let bytes = answer.onWire(withBody: true, date: date.value, closes: true)
        context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
        meter.finish()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}

import HTTPTypes
import NIOCore

/// The handler of a connection for which there is no room. It sends a response that states this, and ignores the bytes of the client.
final class RejectingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let meter: ConnectionMeter
    private let answer: Answer
    private let date: DateField

    init(_ meter: ConnectionMeter, _ answer: Answer, date: DateField) {
        self.meter = meter
        self.answer = answer
        self.date = date
    }

    func channelActive(context: ChannelHandlerContext) {
        let (first, rest) = answer.onWire(
            withBody: true,
            date: date.value,
            closes: true,
            partBytes: meter.limits.partBytes
        )
        meter.send(first, rest)
        meter.finish()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}

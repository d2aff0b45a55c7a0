import HTTPTypes
import NIOCore
import NIOHTTP1

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
        let head = answer.head(date: date.value, closes: true)
        var text = "HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)\r\n"
        for (name, value) in head.headers { text += "\(name): \(value)\r\n" }
        text += "\r\n"
        var bytes = ByteBuffer(string: text)
        bytes.writeBytes(answer.body ?? [])
        context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
        meter.finish()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}

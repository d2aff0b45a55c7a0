import HTTPTypes
import MessagingContract
import NIOCore
import NIOHTTP1

/// A handler that turns the parser's output into ``RequestPart`` and responses into bytes. It decides which response is the last one.
final class ExchangeCodec: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = RequestPart
    typealias OutboundIn = AnswerPart
    typealias OutboundOut = IOData

    private let meter: ConnectionMeter
    private let parser: RequestParser
    private let load: ServerLoad
    private let date: DateField
    private let scheme: String
    private var isInBody = false
    private var isLast = false
    /// Whether the client of the present request reads interim responses. HTTP/1.0 has none (RFC 9110, 15.2).
    private var takesInterim = true
    private var offersProtocol = false
    private var ignoresInput = false
    private var isQuiescing = false
    /// The bytes of a body that arrived since the last ones were passed on.
    private var body: ByteBuffer?

    init(_ meter: ConnectionMeter, _ parser: RequestParser, load: ServerLoad, date: DateField, scheme: String) {
        self.meter = meter
        self.parser = parser
        self.load = load
        self.date = date
        self.scheme = scheme
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !ignoresInput else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            begin(head, context)
        case .body(var bytes):
            if body == nil { body = bytes } else { body?.writeBuffer(&bytes) }
        case .end:
            passOnBody(context)
            isInBody = false
            ignoresInput = isLast
            if offersProtocol, !isLast { parser.restart(context, before: self) }
            meter.requestEnded(isLast: isLast)
            context.fireChannelRead(wrapInboundOut(.end))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        passOnBody(context)
        context.fireChannelReadComplete()
    }

    /// Passes on the received bytes of a body in one piece, so that a body of many small chunks does not become many parts.
    private func passOnBody(_ context: ChannelHandlerContext) {
        guard let bytes = body else { return }
        body = nil
        context.fireChannelRead(wrapInboundOut(.body(bytes)))
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        do throws(APIError) {
            let length = try head.checkedLength()
            guard let request = head.request(scheme: scheme) else {
                throw .malformed("the method or a field name is not valid")
            }
            isLast = head.isLast
            takesInterim = (head.version.major, head.version.minor) >= (1, 1)
            offersProtocol = head.offersProtocol
            isInBody = true
            meter.headEnded(length)
            context.fireChannelRead(wrapInboundOut(.head(request, length)))
        } catch {
            refuse(Refusal(error: error, target: head.uri, isHead: head.method == .HEAD), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            let error = APIError.headTooLarge(limit: meter.limits.headBytes, fields: meter.limits.fields)
            refuse(meter.refusal(error), context)
        case is HTTPParserError:
            refuse(meter.refusal(.malformed("it is not HTTP/1.1")), context)
        case _ where TLSContext.isUncleanEnd(error):
            break  // The end of the input follows. HTTP decides whether the input before it is complete.
        default:
            context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let refusal as Refusal:
            refuse(refusal, context)
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if meter.unanswered == 0, !meter.holdsRequest { meter.close() }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Passes the refusal on behind earlier input, so that responses keep their order.
    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard !ignoresInput else { return }
        ignoresInput = true
        passOnBody(context)
        if !isInBody { meter.unanswered += 1 }
        meter.ignoreInput()
        context.fireChannelRead(wrapInboundOut(.refused(refusal)))
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .interim where !takesInterim:
            promise?.succeed()
        case .interim(let status, let fields):
            var wire = WireAnswer(status, room: 64)
            for field in fields { wire.field(field.name.rawName, field.value) }
            wire.end()
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(wire.bytes)), promise: promise)
        case .streaming:
            if isInBody, meter.unanswered == 1 { meter.bodyIsStream() }
            promise?.succeed()
        case .answer(let answer, let withBody, let closes):
            write(answer, withBody: withBody, closes: closes)
            promise?.succeed()
        case .done:
            ignoresInput = true
            meter.finish()
            promise?.succeed()
        }
    }

    /// Does nothing, since all output is flushed when it is written.
    func flush(context: ChannelHandlerContext) {}

    private func write(_ answer: Answer, withBody: Bool, closes: Bool) {
        meter.unanswered -= 1
        let mayBeLast = isLast || ignoresInput || isQuiescing || load.isDraining
        let closes = closes || (meter.unanswered <= 0 && mayBeLast && !meter.holdsRequest)
        let (first, rest) = answer.onWire(
            withBody: withBody,
            date: date.value,
            closes: closes,
            partBytes: meter.limits.partBytes
        )
        meter.send(first, rest)
        if closes {
            ignoresInput = true
            meter.finish()
        } else {
            meter.responseWritten()
        }
    }
}

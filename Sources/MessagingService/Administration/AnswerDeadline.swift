import NIOCore

/// The time that a server of the administration has for the first line of its answer: one that is stopped accepts connections and
/// never answers. How long the command takes after that line is not limited.
final class AnswerDeadline: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let patience: TimeAmount
    private var timer: Scheduled<Void>?

    init(patience: TimeAmount = .seconds(30)) { self.patience = patience }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { [patience] in
            let time = "\(patience.nanoseconds / 1_000_000_000) seconds"
            context.fireErrorCaught(
                StartError("it has not responded within \(time), and may still carry out the command")
            )
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        timer?.cancel()
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}

import NIOCore

/// The time limit for the first line of a server's response on the administration socket. A suspended server accepts connections and never
/// responds. After that line, the time of the command is not limited.
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

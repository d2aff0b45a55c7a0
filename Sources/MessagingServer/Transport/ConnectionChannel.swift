import HummingbirdCore
import Logging
import MessagingContract
import NIOCore

/// The setup and service of an accepted connection, as HTTP/1.1 and within ``Limits``.
struct ConnectionChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        fileprivate let handler: NIOLoopBound<ConnectionHandler>?
        /// Completes when the connection is closed and none of its requests is being handled.
        fileprivate let ended: EventLoopFuture<Void>
    }

    let service: ConnectionService

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let socket = SocketEnd()
            try limitBuffers(of: channel)
            try pipeline.addHandler(socket)
            if let tls = service.tls { try pipeline.addHandler(tls.handler()) }
            let isServed = service.load.connectionOpened(atMost: service.limits.connections)
            guard isServed || service.load.refusalBegan(atMost: service.limits.refusals) else {
                channel.close(promise: nil)
                return Value(channel: channel, handler: nil, ended: channel.closeFuture)
            }
            channel.closeFuture.whenComplete { _ in
                isServed ? service.load.connectionClosed() : service.load.refusalEnded()
            }
            let rejection = Refusal(error: .tooManyConnections, target: "")
            let handler = ConnectionHandler(
                channel,
                service,
                socket,
                rejection: isServed
                    ? nil : service.responder.refuse(rejection, address: channel.remoteAddress?.usualIPAddress)
            )
            do {
                try pipeline.addHandler(handler)
            } catch {
                handler.ended.succeed()
                throw error
            }
            let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
            return Value(channel: channel, handler: bound, ended: handler.ended.futureResult)
        }
    }

    /// Limits the bytes of the connection that the system and NIO keep.
    private func limitBuffers(of channel: any Channel) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(.socketOption(.so_sndbuf), value: SocketOptionValue(service.limits.sendBufferBytes))
        try options.setOption(.writeBufferWaterMark, value: .init(low: 1, high: service.limits.partBytes))
        try options.setOption(.maxMessagesPerRead, value: 1)
        try options.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: service.limits.readBytes)
        )
    }

    /// Returns when the connection is closed and none of its requests is being handled. If the task is cancelled, it closes the connection
    /// and cancels the task of its request.
    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.ended.get()
        } onCancel: {
            value.channel.close(promise: nil)
            value.channel.eventLoop.execute { value.handler?.value.cancel() }
        }
    }
}

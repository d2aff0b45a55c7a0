import HTTPTypes
import HummingbirdCore
import Logging
import MessagingContract
import NIOCore

/// The setup and service of an accepted connection, as HTTP/1.1 and within ``Limits``.
struct ConnectionChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// Nil for a connection that is refused.
        let stream: NIOAsyncChannel<RequestPart, AnswerPart>?
    }

    let responder: Responder
    let load: ServerLoad
    let limits: Limits
    let tls: TLS?
    let readsAtOnce: Bool
    let date: DateField

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let socket = SocketEnd()
            try limitBuffers(of: channel)
            try pipeline.addHandler(socket)
            if let tls { try pipeline.addHandler(tls.handler()) }
            guard load.connectionOpened(atMost: limits.connections) else {
                try reject(channel, socket)
                return Value(channel: channel, stream: nil)
            }
            channel.closeFuture.whenComplete { _ in load.connectionClosed() }
            try pipeline.addHandler(ConnectionHandler(channel, self, socket))
            let stream = try NIOAsyncChannel<RequestPart, AnswerPart>(
                wrappingChannelSynchronously: channel,
                configuration: .init(backPressureStrategy: Self.partsAhead)
            )
            // A stopping server may drop the connection unserved, and NIO traps if a stream is released before its channel.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(stream) {} }
            return Value(channel: channel, stream: stream)
        }
    }

    /// The number of request parts that may wait for their handler: a head with a body and its end, then three reads of a body.
    private static let partsAhead = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
        lowWatermark: 1,
        highWatermark: 4
    )

    /// Limits the bytes of the connection that the system and NIO keep.
    private func limitBuffers(of channel: any Channel) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(.socketOption(.so_sndbuf), value: SocketOptionValue(limits.sendBufferBytes))
        try options.setOption(.writeBufferWaterMark, value: .init(low: 1, high: limits.partBytes))
        try options.setOption(.maxMessagesPerRead, value: 1)
        try options.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: limits.readBytes)
        )
    }

    private func reject(_ channel: any Channel, _ socket: SocketEnd) throws {
        guard load.refusalBegan(atMost: limits.refusals) else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in load.refusalEnded() }
        let answer = responder.refuse(
            Refusal(error: .tooManyConnections, target: ""),
            address: channel.remoteAddress?.usualIPAddress
        )
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(channel, self, socket, rejection: answer))
    }

    func handle(value: Value, logger: Logger) async {
        guard let stream = value.stream else { return }
        do {
            try await withTaskCancellationHandler {
                try await stream.executeThenClose { inbound, outbound in
                    let requests = RequestStream(inbound, outbound, BodyMemory(load.bodies, limits))
                    try await serve(requests, outbound, value.channel)
                    // This fails if the last response was sent already and its connection is closing.
                    try? await outbound.write(.done)
                    try await value.channel.closeFuture.get()
                }
            } onCancel: {
                value.channel.close(promise: nil)
            }
        } catch {
            logger.trace("Connection failed", metadata: ["cause": "\(error)"])
        }
    }

    /// Handles one request after the other until the last one.
    private func serve(
        _ requests: RequestStream,
        _ outbound: NIOAsyncChannelOutboundWriter<AnswerPart>,
        _ channel: any Channel
    ) async throws {
        let address = channel.remoteAddress?.usualIPAddress
        while let next = try await requests.next() {
            let head: HTTPRequest
            switch next {
            case .success(let request): head = request
            case .failure(let refusal):
                return try await outbound.write(
                    .answer(responder.refuse(refusal, address: address), withBody: !refusal.isHead, closes: true)
                )
            }
            let body = RequestBody { (limit, owner) throws(APIError) in
                try await requests.piece(limit: limit, of: owner)
            }
            let request = IncomingRequest(head: head, address: address, body: body, connection: channel)
            let answer = await responder.respond(to: request)
            requests.releaseBody()
            let continues = requests.canContinue(droppingAtMost: limits.unwantedBytes)
            try await outbound.write(.answer(answer, withBody: head.method != .head, closes: !continues))
            if !continues { return }
        }
    }
}

import HTTPTypes
import HummingbirdCore
public import Logging
import MessagingContract
import NIOCore
public import NIOPosix
public import ServiceLifecycle

/// The HTTP/1.1 transport: hands requests of connections to a ``Responder``.
public struct HTTPServer: Sendable {
    private let responder: Responder
    private let readiness: Readiness
    private let logger: Logger
    private let date = DateField()

    /// A transport for this responder.
    public init(responder: Responder, readiness: Readiness, logger: Logger) {
        self.responder = responder
        self.readiness = readiness
        self.logger = logger
    }

    /// The service that listens. `onListening` gets the port, which is a free one when 0 was asked for.
    ///
    /// It stops gracefully: what was read is answered before a connection closes.
    public func service(
        host: String,
        port: Int,
        eventLoopGroup: MultiThreadedEventLoopGroup,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        let channel = HTTP1Channel(
            responder: { request, writer, channel in try await answer(request, writer, channel) },
            configuration: .init(additionalChannelHandlers: [ConnectionCounter(readiness)])
        )
        return Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1_024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroup: eventLoopGroup,
            logger: logger
        )
    }

    private func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        if request.head.headerFields[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let incoming = IncomingRequest(head: request.head, address: channel.remoteAddress?.ipAddress) {
            (limit) throws(APIError) in try await Self.read(request.body, limit: limit)
        }
        let answer = await responder.respond(to: incoming)
        var head = HTTPResponse(status: answer.status, headerFields: answer.fields)
        head.headerFields[.date] = date.value
        if ![.noContent, .notModified].contains(answer.status) {
            head.headerFields[.contentLength] = String(answer.body?.count ?? 0)
        }
        if readiness.isDraining {
            head.headerFields[.connection] = "close"
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        if let body = answer.body, request.head.method != .head {
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        } else {
            try await writer.writeResponse(head)
        }
    }

    private static func read(_ body: RequestBody, limit: Int) async throws(APIError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await buffer in body {
                if buffer.readableBytes > limit - bytes.count { throw APIError.tooLarge(limit: limit) }
                bytes += buffer.readableBytesView
            }
        } catch let error as APIError {
            throw error
        } catch {
            throw .badRequest("The request's body could not be read.")
        }
        return bytes
    }
}

import HTTPTypes
import MessagingContract
import NIOCore
import NIOHTTP1
import NIOPosix

/// A client of the server that listens on a Unix socket.
struct AdministrationClient: Sendable {
    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, Never>

    private static let longestResponse = 64 << 20
    /// The path of the socket.
    let socket: String

    /// Calls an operation of the server and returns its response, or nil if no server listens. A server whose
    /// ``Engine/databaseID`` is not `database` refuses the call.
    ///
    /// Throws the message of a refusal, and an error if the server does not begin to respond within half a minute.
    func call<Parameters, Body, Response: ReadableResponse>(
        _ endpoint: Endpoint<Parameters, Body, Response>,
        _ parameters: Parameters,
        _ body: Body,
        database: String?,
        progress: @escaping CommandProgress
    ) async throws(StartError) -> Response? {
        var head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: endpoint.operation.method.rawValue),
            uri: endpoint.operation.target(parameters.pathParameters, parameters.query),
            headers: [
                "Host": "localhost", "Connection": "close", "Content-Length": "\(body.body.count)",
                HTTPField.Name.prefer.rawName: "progress",
            ]
        )
        if let database { head.headers.add(name: HTTPField.Name.database.rawName, value: database) }
        if let type = body.mediaType { head.headers.add(name: "Content-Type", value: type) }
        let answer: (status: Int, body: [UInt8])
        do {
            answer = try await exchange(head, body.body, progress)
            if answer.status == endpoint.operation.success.code {
                return try Response(status: endpoint.operation.success, body: answer.body)
            }
        } catch let error as IOError where [ENOENT, ECONNREFUSED].contains(error.errnoCode) {
            return nil
        } catch {
            throw StartError("cannot send the command to the running server through \(socket): \(error)")
        }
        let error = try? APIError(json: JSON(parsing: answer.body), side: .response)
        throw StartError(error?.message ?? "the server did not respond")
    }

    private func exchange(
        _ head: HTTPRequestHead,
        _ body: [UInt8],
        _ progress: CommandProgress
    ) async throws -> (Int, [UInt8]) {
        try await connect(RequestSender(head, body)).executeThenClose { inbound in
            var status = 0
            var bytes: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let head):
                    status = Int(head.status.code)
                    let parts = head.headers[HTTPField.Name.progress.rawName].first?.split(separator: "/").compactMap {
                        Int($0)
                    }
                    if let parts, parts.count == 2 { try await progress(parts[0], parts[1]) }
                case .body(let buffer):
                    bytes += buffer.readableBytesView
                    guard bytes.count <= Self.longestResponse else { throw StartError("its response is too long") }
                case .end:
                    return (status, bytes)
                }
            }
            throw StartError("the server closed the connection")
        }
    }

    private func connect(_ sender: @autoclosure @escaping @Sendable () -> RequestSender) async throws -> Connection {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandlers(AnswerDeadline(), HTTPRequestEncoder())
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPResponseDecoder(informationalResponseStrategy: .forward))
                    )
                    try pipeline.addHandler(sender())
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }
}

/// A handler that sends a request as soon as the connection is open. NIO's decoder permits no response before the request, and a server
/// without room for a connection responds at once.
private final class RequestSender: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let body: [UInt8]

    init(_ head: HTTPRequestHead, _ body: [UInt8]) {
        self.head = head
        self.body = body
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }
}

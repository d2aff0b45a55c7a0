import ArgumentParser
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A bare SwiftNIO server on one event loop, which answers every request with the same bytes.
struct NIOServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "nio", abstract: "A bare SwiftNIO server.")

    @OptionGroup var fixed: FixedAnswer

    func run() async throws {
        let bytes = ByteBuffer(bytes: try fixed.bytes())
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(FixedAnswerHandler(bytes))
                }
            }
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .bind(host: "127.0.0.1", port: fixed.port).get()
        try await channel.closeFuture.get()
    }
}

/// The port of a server, and what it answers.
struct FixedAnswer: ParsableArguments {
    @Option(help: "The port to listen on.")
    var port: Int

    @Option(help: "The file whose bytes are the answer.")
    var file: String

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file))) }
}

/// Answers each request with the same bytes, as NIO's own example `NIOHTTP1Server` does.
private final class FixedAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let bytes: ByteBuffer
    private let fields: HTTPHeaders
    private var keepsAlive = true

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
        fields = ["Content-Type": "application/json", "Content-Length": "\(bytes.readableBytes)"]
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepsAlive = head.isKeepAlive
        case .body:
            break
        case .end:
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: fields)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
            let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
            if !keepsAlive { written.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
        }
    }
}

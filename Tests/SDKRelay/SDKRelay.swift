import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// The program `sdk-relay` of the conformance suite. It makes each received request through the Swift SDK, so that the requests and
/// responses of the vendor's Python SDK pass through the models of both.
///
/// It listens on a free port of the loopback, which it prints. The first segment of a target is the port of the intended server; the rest
/// is the target there. `GET /counts` returns the number of requests by their outcome.
@main
struct SDKRelay {
    static func main() async throws {
        let relay = Relay()
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: { request, writer, _ in
                let body = try await request.body.collect(upTo: 16 << 20)
                let answer = await relay.answer(request.head, Array(body.readableBytesView))
                try await writer.write(
                    response: answer.head,
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
                )
            }),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                let line = "Listening on http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
                FileHandle.standardOutput.write(Data(line.utf8))
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "sdk-relay") { _ in SwiftLogNoOpLogHandler() }
        )
        try await server.run()
    }
}

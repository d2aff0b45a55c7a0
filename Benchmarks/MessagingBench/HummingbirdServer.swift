import ArgumentParser
import Hummingbird
import Logging
import NIOCore

/// A bare Hummingbird server with one route, which answers every request with the same bytes.
struct HummingbirdServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hummingbird", abstract: "A bare Hummingbird server.")

    @OptionGroup var fixed: FixedAnswer

    func run() async throws {
        let bytes = ByteBuffer(bytes: try fixed.bytes())
        let router = Router()
        router.get("/api/v2/conversations/messaging/settings/:id") { _, context in
            _ = try context.parameters.require("id")
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: bytes)
            )
        }
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: fixed.port)),
            logger: Logger(label: "hummingbird") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}

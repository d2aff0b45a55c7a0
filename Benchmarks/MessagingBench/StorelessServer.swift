import ArgumentParser
import Foundation
import Logging
import MessagingCore
import MessagingServer
import MessagingService
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server as it is, with its log, over a store that keeps nothing on a disk.
struct StorelessServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "storeless", abstract: "The server without a store.")

    @Option(help: "The port to listen on.")
    var port: Int

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let client = ClientRegistration(
            id: environment["MESSAGING_BOOTSTRAP_CLIENT_ID"],
            secret: environment["MESSAGING_BOOTSTRAP_CLIENT_SECRET"],
            name: "Bench"
        )
        NIOSingletons.groupLoopCountSuggestion = Processors.count
        let log = LogOutput(file: STDERR_FILENO, .auto)
        let logger = Logger(label: "messaging-server") { _ in OutputLogHandler(log) }
        var options = ServerOptions()
        options.limits = OrganizationLimits(objects: .max, bytes: .max)
        // What leaves the memory is nowhere else.
        options.snapshotMemory = 1 << 40
        options.responder.rateLimits = RateLimits(token: 1_000_000_000)
        let parts = ServerParts(
            store: ForgetfulStore(),
            keys: SealingKeys(),
            options: options,
            logger: logger,
            requestLog: { log.log($0) }
        )
        _ = try await parts.organizations.create(name: "Bench", with: client, by: .bench)
        var quiet = logger
        quiet.logLevel = .warning
        let server = HTTPServer(responder: parts.responder, load: parts.load, logger: quiet)
            .service(host: "127.0.0.1", port: port, eventLoopGroup: .singleton) { _ in }
        try await server.run()
    }
}

extension Author {
    static let bench = Author(user: "bench", client: nil, operation: "bench", contextID: "bench", address: nil)
}

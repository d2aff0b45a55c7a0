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
        let limits = OrganizationLimits(objects: .max, bytes: .max)
        let organizations = Organizations(store: ForgetfulStore(), limits: limits)
        _ = try await organizations.create(name: "Bench", with: client, by: .bench)

        NIOSingletons.groupLoopCountSuggestion = Processors.count
        let log = LogOutput(file: STDERR_FILENO, .auto)
        let logger = Logger(label: "messaging-server") { _ in OutputLogHandler(log) }
        let readiness = Readiness()
        var options = ResponderOptions()
        options.rateLimits = RateLimits(token: 1_000_000_000)
        let responder = Responder(
            organizations: organizations,
            identity: Identity(organizations: organizations, lifetime: 86_400),
            integrations: OpenIntegrations(organizations: organizations, keys: SealingKeys()),
            readiness: readiness,
            options: options,
            logger: logger,
            requestLog: { log.log($0) }
        )
        var quiet = logger
        quiet.logLevel = .warning
        let server = HTTPServer(responder: responder, readiness: readiness, logger: quiet)
            .service(host: "127.0.0.1", port: port, eventLoopGroup: .singleton) { _ in }
        try await server.run()
    }
}

extension Author {
    static let bench = Author(user: "bench", client: nil, operation: "bench", contextID: "bench", address: nil)
}

import ArgumentParser
import Logging
import MessagingService

/// `messaging-server serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the API until SIGTERM.",
        discussion: """
            On an empty database an organization and an OAuth client with every permission are created, and the client's \
            secret is printed once. MESSAGING_BOOTSTRAP_CLIENT_ID and MESSAGING_BOOTSTRAP_CLIENT_SECRET (32 characters at \
            least) set them instead.
            """
    )

    @Option(help: "The address to listen on. [MESSAGING_HOST] (default: 127.0.0.1)")
    var host: String?
    @Option(help: "The port to listen on; 0 picks a free one. [MESSAGING_PORT] (default: 8080)")
    var port: String?
    @OptionGroup var database: DatabaseOption
    @Option(help: "Requests a minute and token. [MESSAGING_RATE_LIMIT] (default: 300)")
    var rateLimit: String?
    @Option(help: "Seconds that a token is valid, 300 at least. [MESSAGING_TOKEN_LIFETIME] (default: 86400)")
    var tokenLifetime: String?
    @Option(help: "Connections at a time; the next is answered 503. [MESSAGING_MAX_CONNECTIONS] (default: 10000)")
    var maxConnections: String?
    @Option(help: "Seconds that a request may take to arrive. [MESSAGING_REQUEST_TIMEOUT] (default: 30)")
    var requestTimeout: String?
    @Option(help: "Seconds that an idle connection stays open. [MESSAGING_IDLE_TIMEOUT] (default: 60)")
    var idleTimeout: String?
    @Option(help: "Changes that an organization's history keeps. [MESSAGING_HISTORY_CHANGES] (default: 100000)")
    var historyChanges: String?
    @Option(help: "Days for which it keeps them. [MESSAGING_HISTORY_DAYS] (default: 400)")
    var historyDays: String?
    @Option(help: "Seconds between two sweeps of what is over. [MESSAGING_SWEEP_INTERVAL] (default: 60)")
    var sweepInterval: String?
    @Option(help: "The least severe level that is logged. [MESSAGING_LOG_LEVEL] (default: info)")
    var logLevel: String?
    @Option(help: "Web origins whose pages may call, separated by commas. [MESSAGING_CORS_ORIGINS] (default: none)")
    var corsOrigins: String?

    func run() async throws {
        let environment = Environment()
        var flags = ServerConfiguration.Flags()
        flags.host = host
        flags.port = port
        flags.rateLimit = rateLimit
        flags.tokenLifetime = tokenLifetime
        flags.maxConnections = maxConnections
        flags.requestTimeout = requestTimeout
        flags.idleTimeout = idleTimeout
        flags.historyChanges = historyChanges
        flags.historyDays = historyDays
        flags.sweepInterval = sweepInterval
        flags.logLevel = logLevel
        flags.origins = corsOrigins
        let configuration = try ServerConfiguration(flags, environment)
        var logger = Logger(label: "messaging-server") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = configuration.logLevel
        let service = MessagingService(configuration, environment, database: database.path(environment), logger: logger)
        try await service.run { (line) throws(StartError) in try Terminal.print(line) }
    }
}

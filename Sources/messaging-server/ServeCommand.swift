import ArgumentParser
import MessagingService

/// The command `messaging-server serve`.
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

    @Option(Settings.host) var host: GivenFlag?
    @Option(Settings.port) var port: GivenFlag?
    @Option(Settings.database) var database: GivenFlag?
    @Flag(Settings.databasePooler) var databasePooler
    @Option(Settings.staleReads) var staleReads: GivenFlag?
    @Option(Settings.socket) var socket: GivenFlag?
    @Option(Settings.tlsCertificate) var tlsCertificate: GivenFlag?
    @Option(Settings.tlsKey) var tlsKey: GivenFlag?
    @Option(Settings.publicURL) var publicURL: GivenFlag?
    @Option(Settings.trustedProxies) var trustedProxies: GivenFlag?
    @Option(Settings.corsOrigins) var corsOrigins: GivenFlag?
    @Option(Settings.rateLimit) var rateLimit: GivenFlag?
    @Option(Settings.clientRateLimit) var clientRateLimit: GivenFlag?
    @Option(Settings.organizationRateLimit) var organizationRateLimit: GivenFlag?
    @Option(Settings.tokenLifetime) var tokenLifetime: GivenFlag?
    @Option(Settings.maxTokens) var maxTokens: GivenFlag?
    @Option(Settings.maxConnections) var maxConnections: GivenFlag?
    @Option(Settings.maxBodyMemory) var maxBodyMemory: GivenFlag?
    @Option(Settings.maxResponseMemory) var maxResponseMemory: GivenFlag?
    @Option(Settings.maxSimulations) var maxSimulations: GivenFlag?
    @Option(Settings.requestTimeout) var requestTimeout: GivenFlag?
    @Option(Settings.idleTimeout) var idleTimeout: GivenFlag?
    @Option(Settings.maxObjects) var maxObjects: GivenFlag?
    @Option(Settings.maxOrganizationBytes) var maxOrganizationBytes: GivenFlag?
    @Option(Settings.snapshotMemory) var snapshotMemory: GivenFlag?
    @Option(Settings.historyDays) var historyDays: GivenFlag?
    @Option(Settings.historyChanges) var historyChanges: GivenFlag?
    @Option(Settings.historyMinDays) var historyMinDays: GivenFlag?
    @Option(Settings.sweepInterval) var sweepInterval: GivenFlag?
    @Option(Settings.integrationDelay) var integrationDelay: GivenFlag?
    @Option(Settings.logLevel) var logLevel: GivenFlag?
    @Option(Settings.logFormat) var logFormat: GivenFlag?
    @Flag(Settings.acceptLostSecrets) var acceptLostSecrets
    @Flag(Settings.emulator) var emulator
    @Flag(Settings.emulatorAnyway) var emulatorAnyway

    @Flag(help: "Create a new database although a previous one is missing.") var create = false

    func run() async throws {
        let configuration: ServerConfiguration
        do {
            configuration = try ServerConfiguration(givenFlags, Environment())
        } catch {
            Terminal.warnOfUnknownVariables()
            throw error
        }
        let server = ServerProcess(configuration)
        try await server.run(create: create) { (line) throws(StartError) in try Terminal.print(line) }
    }
}

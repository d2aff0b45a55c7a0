import Logging
import MessagingCore
import MessagingServer

/// The configuration of a server: the values of the ``Settings``.
public struct ServerConfiguration: Sendable {
    let host: String
    let port: Int
    let engine: Engine
    let socket: String?
    let tls: (certificate: String, key: String)?
    let publicURL: BaseURL?
    let trustedProxies: TrustedProxies
    let origins: Set<String>
    let rateLimits: RateLimits
    let tokenLifetime: Int
    let maxTokens: Int
    let maxConnections: Int
    let maxBodyMemory: Int
    let snapshotMemory: Int
    let staleReads: Int
    let maxResponseMemory: Int
    let maxSimulations: Int
    let requestTimeout: Int
    let idleTimeout: Int
    let limits: OrganizationLimits
    let sweepInterval: Int
    let integrationDelay: Int
    let encryptionKeys: SealingKeys?
    let acceptsLostSecrets: Bool
    /// The settings of an emulator; nil for any other server.
    let emulator: EmulatorSettings?
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let environment: Environment

    /// Creates a configuration from flags, environment and defaults. `flags` are the texts of the given flags, by the names of their
    /// settings.
    ///
    /// Throws a ``StartError`` for the first value that is not valid.
    public init(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        host = try Settings.host.value(flags, environment)
        port = try Settings.port.value(flags, environment)
        emulator = try EmulatorSettings(flags, environment)
        engine = if let emulator { try emulator.engine(flags, environment) } else { try Engine(flags, environment) }
        socket = try Settings.socket.value(flags, environment)
        publicURL = try Settings.publicURL.value(flags, environment)
        trustedProxies = try Settings.trustedProxies.value(flags, environment) ?? .none
        origins = try Settings.corsOrigins.value(flags, environment) ?? []
        rateLimits = RateLimits(
            token: try Settings.rateLimit.value(flags, environment),
            client: try Settings.clientRateLimit.given(flags, environment),
            organization: try Settings.organizationRateLimit.given(flags, environment)
        )
        tokenLifetime = try Settings.tokenLifetime.value(flags, environment)
        let tokens = try Settings.maxTokens.value(flags, environment)
        let isGiven = try Settings.maxTokens.given(flags, environment) != nil
        maxTokens = isGiven ? tokens : max(tokens, min(rateLimits.token, 1_000_000))
        maxConnections = try Settings.maxConnections.value(flags, environment)
        maxBodyMemory = try Settings.maxBodyMemory.value(flags, environment)
        maxResponseMemory = try Settings.maxResponseMemory.value(flags, environment)
        maxSimulations = try Settings.maxSimulations.value(flags, environment)
        requestTimeout = try Settings.requestTimeout.value(flags, environment)
        idleTimeout = try Settings.idleTimeout.value(flags, environment)
        var limits = try OrganizationLimits(flags, environment)
        // Snapshots are revisions, so an emulator drops no history.
        if emulator != nil { limits.history = .unlimited }
        self.limits = limits
        snapshotMemory = try Settings.snapshotMemory.value(flags, environment)
        staleReads = try Settings.staleReads.value(flags, environment)
        try Self.check(limits, within: snapshotMemory)
        sweepInterval = try Settings.sweepInterval.value(flags, environment)
        integrationDelay = try Settings.integrationDelay.value(flags, environment)
        encryptionKeys = try Settings.encryptionKey.value(flags, environment)
        acceptsLostSecrets = try Settings.acceptLostSecrets.value(flags, environment)
        logLevel = try Settings.logLevel.value(flags, environment)
        logFormat = try Settings.logFormat.value(flags, environment)
        let certificate = try Settings.tlsCertificate.value(flags, environment)
        let key = try Settings.tlsKey.value(flags, environment)
        switch (certificate, key) {
        case (let certificate?, let key?): tls = (certificate, key)
        case (nil, nil): tls = nil
        default:
            throw StartError(
                "--tls-certificate and --tls-key, or their variables, must be given together or not at all"
            )
        }
        self.environment = environment
    }
}

extension ServerConfiguration {
    /// Throws if an organization may take more than half of the memory for all.
    private static func check(_ limits: OrganizationLimits, within snapshotMemory: Int) throws(StartError) {
        let needed = (limits.memory * 2 + (1 << 20) - 1) >> 20
        guard needed > snapshotMemory else { return }
        throw StartError(
            "an organization of --max-organization-bytes \(limits.bytes) and --max-objects \(limits.objects) may take more than half of "
                + "--snapshot-memory \(snapshotMemory) (MiB), which must be at least \(needed) for that"
        )
    }
}

extension OrganizationLimits {
    /// Creates limits from their settings. Throws a line that names the first setting that is not valid.
    init(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        self.init(
            objects: try Settings.maxObjects.value(flags, environment),
            bytes: try Settings.maxOrganizationBytes.value(flags, environment),
            history: HistoryLimits(
                changes: try Settings.historyChanges.value(flags, environment),
                days: try Settings.historyDays.value(flags, environment),
                minimumDays: try Settings.historyMinDays.value(flags, environment)
            )
        )
    }
}

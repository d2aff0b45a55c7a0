import Foundation
import Logging
import MessagingContract
import MessagingCore
import MessagingEmulator
import MessagingServer
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The whole server: the engine, the rules and the HTTP transport, started and stopped together.
public struct ServerProcess: Sendable {
    private let configuration: ServerConfiguration
    private let log: LogOutput
    private let logger: Logger

    private var engine: Engine { configuration.engine }

    /// Creates a server with this configuration. It logs to standard error.
    public init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
        let log = LogOutput(file: STDERR_FILENO, configuration.logFormat)
        self.log = log
        var logger = Logger(label: "messaging-server") { _ in OutputLogHandler(log) }
        logger.logLevel = configuration.logLevel
        self.logger = logger
    }

    /// The time for which waiting writes are kept when the server stops. The remaining ones are then refused, in time for their responses.
    private static let timeForWaitingWrites = Duration.seconds(7)

    /// Serves until SIGTERM or SIGINT, then completes the requests that were read, and returns. A second signal ends the process at once.
    ///
    /// `output` gets the lines of the program's own output: the lines of ``Bootstrap``, and `Listening on http://...`. If a database
    /// existed and is lost, a new one is created only if `create` is true. Throws one line for the terminal if the server cannot start.
    public func run(
        create: Bool = false,
        output: @escaping @Sendable (String) throws(StartError) -> Void
    ) async throws(StartError) {
        defer { log.flush() }
        NIOSingletons.groupLoopCountSuggestion = Processors.count
        let signals = ProcessSignals(log: log, logger: logger)
        warnOfUnknownVariables()
        let socket = try AdministrationSocket.path(of: engine, given: configuration.socket)
        let tls = try readCertificate()
        let bootstrap = Result { () throws(StartError) in try Bootstrap(configuration.environment) }
        if !engine.isThere { _ = try bootstrap.get() }
        try configuration.emulator?.claim(engine)
        let emulator = configuration.emulator.map { EmulatorExtension(token: $0.token) }
        let store: OpenStore
        do {
            store = try await engine.open(create: create, logger: logger)
        } catch {
            throw StartError("\(error)")
        }
        do {
            if let socket { try await AdministrationSocket.checkIsFree(socket) }
            let parts = ServerParts(
                store: store.store,
                keys: try await keys(for: store),
                options: options(sweepTime: await store.rememberedSweepTime()),
                addition: emulator,
                logger: logger,
                requestLog: { [log] in log.log($0) }
            )
            try await begin(store, parts.organizations, bootstrap, output)
            try await logOpened(store)
            if let emulator { try await begin(emulator) }
            try await serve(store, parts, emulator, tls, signals, socket, output)
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }

    private func serve(
        _ store: OpenStore,
        _ parts: ServerParts,
        _ emulator: EmulatorExtension?,
        _ tls: TLS?,
        _ signals: ProcessSignals,
        _ socketPath: String?,
        _ output: @escaping @Sendable (String) throws(StartError) -> Void
    ) async throws(StartError) {
        let (organizations, load) = (parts.organizations, parts.load)
        let socket = try await socket(socketPath, store, parts)
        let host = configuration.host
        if tls == nil, !isLoopback {
            logger.warning("Serving requests and tokens unencrypted: put a proxy with TLS in front of the server")
        }
        let server = HTTPServer(
            responder: parts.responder,
            load: load,
            limits: limits,
            tls: tls,
            logger: quiet
        )
        .service(host: host, port: configuration.port, eventLoopGroup: MultiThreadedEventLoopGroup.singleton) {
            port in
            let address = "\(host.contains(":") ? "[\(host)]" : host):\(port)"
            try? output("Listening on \(tls == nil ? "http" : "https")://\(address)")
        }
        let sweep = Sweep(
            store: store,
            identity: parts.identity,
            organizations: organizations,
            history: configuration.limits.history,
            period: .seconds(configuration.sweepInterval),
            logger: logger
        )
        // Each has a name, since the library would otherwise name it by all its values, which takes milliseconds and shows them in logs.
        let services: [(name: String, service: (any Service)?)] = [
            ("store watch", StoreWatch(store: store, period: .seconds(1), sleep: organizations.surroundings.sleep)),
            ("sweep", sweep),
            ("emulator", emulator.map { EmulatorSweep($0, sleep: organizations.surroundings.sleep, logger: logger) }),
            ("effects", EffectService(parts, logger: logger)),
            ("memory return", MemoryReturn(load: load, sleep: organizations.surroundings.sleep)),
            ("administration", socket),
            ("HTTP", server),
            ("drain", Drain(load: load, limit: .seconds(1), in: organizations.surroundings)),
        ]
        var group = ServiceGroupConfiguration(
            services: services.compactMap { name, service in service.map { .init(service: $0, serviceName: name) } },
            logger: quiet
        )
        group.maximumGracefulShutdownDuration = .seconds(8)
        if let tls { signals.reload(tls) }
        try await run(ServiceGroup(configuration: group), organizations, until: signals)
    }

    /// Returns the socket at a path; nil without a path.
    private func socket(
        _ path: String?,
        _ store: OpenStore,
        _ parts: ServerParts
    ) async throws(StartError) -> AdministrationSocket? {
        guard let path else { return nil }
        let routes = AdministrationRoutes(
            administration: Administration(store: store, organizations: parts.organizations) { parts.integrations },
            engine: engine,
            logger: logger
        )
        return try await AdministrationSocket(
            path: path,
            responder: Responder(
                routes.all,
                identity: nil,
                in: parts.organizations.surroundings,
                logger: logger,
                requestLog: { [log] in log.log($0) }
            ),
            commands: routes.running,
            logger: quiet
        )
    }

    /// Logs the names of variables that belong to no setting, at most 20 of them, and never their values.
    private func warnOfUnknownVariables() {
        let unknown = configuration.environment.unknown
        guard !unknown.isEmpty else { return }
        logger.warning(
            "Ignored environment variables that belong to no setting",
            metadata: [
                "count": .stringConvertible(unknown.count),
                "variables": .array(unknown.prefix(20).map { .string($0.line(limit: 100)) }),
            ]
        )
    }

    private func keys(for store: OpenStore) async throws(StartError) -> SealingKeys {
        let ring = KeyRing(
            file: SealingKeyFile(of: engine, logger: logger),
            given: configuration.encryptionKeys,
            acceptsLostSecrets: configuration.acceptsLostSecrets
        )
        return try await ring.keys(for: store, logger: logger)
    }

    private func run(
        _ group: ServiceGroup,
        _ organizations: Organizations,
        until signals: ProcessSignals
    ) async throws(StartError) {
        signals.serve {
            Task { await group.triggerGracefulShutdown() }
            Task {
                try await organizations.surroundings.sleep(Self.timeForWaitingWrites)
                organizations.refuseWaitingWrites()
            }
        }
        do {
            try await group.run()
        } catch let error as IOError {
            let isHost = error.errnoCode == EADDRNOTAVAIL
            throw cannotListen(
                error.reason,
                isHost ? Settings.host.description : Settings.port.description
            )
        } catch is SocketAddressError, is SocketAddressError.UnknownHost {
            throw cannotListen("there is no such host", Settings.host.description)
        } catch is CancellationError {
            logger.warning("Cut off requests that took too long")
        } catch {
            throw StartError("stopped: \(error)")
        }
    }

    private func cannotListen(_ reason: String, _ setting: SettingDescription) -> StartError {
        let (flag, variable) = (setting.flag, setting.variable)
        let place = "\(configuration.host):\(configuration.port)"
        return StartError("cannot listen on \(place): \(reason); see \(flag) or \(variable)")
    }

    /// Creates the first organization and client of an empty store.
    private func begin(
        _ store: OpenStore,
        _ organizations: Organizations,
        _ bootstrap: Result<Bootstrap, StartError>,
        _ output: (String) throws(StartError) -> Void
    ) async throws(StartError) {
        do throws(APIError) {
            guard try await organizations.isEmpty() else { return }
        } catch {
            throw StartError("cannot read \(engine): \(error.cause ?? error.message)")
        }
        let bootstrap = try bootstrap.get()
        let lines: [String]
        do {
            lines = try await store.alone(.bootstrap, in: organizations.surroundings) {
                // Another server may have created them meanwhile.
                try await organizations.isEmpty() ? bootstrap.run(organizations) : []
            }
        } catch {
            let cause = (error as? APIError).map { $0.cause ?? $0.message } ?? "\(error)"
            throw StartError("cannot write to \(engine): \(cause)")
        }
        do {
            for line in lines { try output(line) }
        } catch {
            throw StartError(
                "\(error); the first client's secret is lost: run messaging-server clients list, then clients rotate"
            )
        }
    }

    /// Warns that this server is none for production, and reads its organizations for tests.
    private func begin(_ emulator: EmulatorExtension) async throws(StartError) {
        logger.warning(
            "This server is an emulator for tests: anybody who reaches it from this machine can delete organizations"
        )
        do throws(APIError) {
            try await emulator.load()
        } catch {
            throw StartError("cannot read \(engine): \(error.cause ?? error.message)")
        }
    }

    private func logOpened(_ store: OpenStore) async throws(StartError) {
        do throws(StoreError) {
            var facts = try await store.facts()
            facts["version"] = "\(Program.build.version)"
            facts["commit"] = "\(Program.build.commit)"
            logger.info("Opened the database", metadata: facts)
        } catch {
            throw StartError("cannot read \(engine): \(error)")
        }
    }

    private func readCertificate() throws(StartError) -> TLS? {
        guard let files = configuration.tls else { return nil }
        do {
            return try TLS(certificate: files.certificate, key: files.key) {
                [logger] (path, isKey) throws(TLSFileError) in
                try CertificateFile(path: path, isKey: isKey).read(logger)
            }
        } catch {
            throw StartError(error.description)
        }
    }

    private var isLoopback: Bool {
        ["localhost", "::1"].contains(configuration.host) || configuration.host.hasPrefix("127.")
    }

    private func options(sweepTime: Date?) -> ServerOptions {
        var options = ServerOptions()
        options.limits = configuration.limits
        options.snapshotMemory = configuration.snapshotMemory << 20
        options.sweepTime = sweepTime
        options.staleness = .seconds(configuration.staleReads)
        options.tokenLifetime = configuration.tokenLifetime
        options.tokensPerClient = configuration.maxTokens
        options.integrationDelay = Double(configuration.integrationDelay)
        options.responder.rateLimits = configuration.rateLimits
        options.responder.origins = configuration.origins
        options.responder.trustedProxies = configuration.trustedProxies
        options.responder.publicURL = configuration.publicURL
        options.responder.simulations = configuration.maxSimulations
        options.responder.build = Program.build
        return options
    }

    /// The limits of the transport. There are at most as many connections as free file descriptors.
    private var limits: Limits {
        var limits = Limits()
        limits.request = .seconds(configuration.requestTimeout)
        limits.head = min(limits.head, limits.request)
        limits.idle = .seconds(configuration.idleTimeout)
        limits.connections = configuration.maxConnections
        limits.bodyBytes = configuration.maxBodyMemory << 20
        limits.unsentBytes = configuration.maxResponseMemory << 20
        let room = OpenFiles.raiseLimit() - limits.refusals - 64
        if limits.connections > room {
            limits.connections = max(room, 1)
            logger.warning(
                "Lowered the limit of connections: the limit of open files is too low",
                metadata: [
                    "connections": "\(limits.connections)"
                ]
            )
        }
        return limits
    }

    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }
}

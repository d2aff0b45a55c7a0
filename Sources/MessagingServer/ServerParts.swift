public import Logging
public import MessagingContract
public import MessagingCore

/// The parts of a server over a store, put together in the one way that fits. The program, the server in a test's process, the tests and
/// the benchmark all get their server from here.
public struct ServerParts: Sendable {
    /// The organizations of the store.
    public let organizations: Organizations
    /// The authentication of clients and tokens.
    public let identity: Identity
    /// The integrations of the organizations.
    public let integrations: OpenIntegrations
    /// The load of the server, which its transport reports.
    public let load = ServerLoad()
    /// The responder to requests.
    public let responder: Responder

    /// Creates the parts of a server over `store`, whose secrets are sealed with `keys`.
    ///
    /// Requests pass the `layers`, the first one first. `requestLog` gets the lines of the requests, instead of the logger and as that one's level has it.
    public init(
        store: any Store,
        keys: SealingKeys,
        options: ServerOptions = ServerOptions(),
        layers: [any Layer] = [],
        surroundings: Surroundings = .system,
        logger: Logger,
        requestLog: RequestLine.Log? = nil
    ) {
        self.init(
            store: store,
            keys: keys,
            options: options,
            layers: layers,
            addition: nil,
            surroundings: surroundings,
            logger: logger,
            requestLog: requestLog
        )
    }

    /// Creates such parts of a server that has operations besides the API.
    package init(
        store: any Store,
        keys: SealingKeys,
        options: ServerOptions = ServerOptions(),
        layers: [any Layer] = [],
        addition: (any ServerExtension)?,
        surroundings: Surroundings = .system,
        logger: Logger,
        requestLog: RequestLine.Log? = nil
    ) {
        organizations = Organizations(
            store: store,
            limits: options.limits,
            snapshotMemory: options.snapshotMemory,
            sweepTime: options.sweepTime,
            staleness: options.staleness,
            surroundings: surroundings,
            onLargeLoad: { organization, bytes in
                logger.warning(
                    "Loaded an organization that takes more than half of --snapshot-memory",
                    metadata: ["organization": "\(organization)", "bytes": "\(bytes)"]
                )
            }
        )
        identity = Identity(
            organizations: organizations,
            lifetime: options.tokenLifetime,
            tokensPerClient: options.tokensPerClient
        )
        integrations = OpenIntegrations(
            organizations: organizations,
            keys: keys,
            delay: options.integrationDelay
        )
        responder = Responder(
            Routes(
                organizations: organizations,
                identity: identity,
                integrations: integrations,
                load: load,
                publicURL: options.responder.publicURL,
                rateLimits: options.responder.rateLimits,
                simulations: options.responder.simulations,
                build: options.responder.build,
                addition: addition
            ),
            identity: identity,
            options: options.responder,
            layers: layers,
            in: surroundings,
            logger: logger,
            requestLog: requestLog
        )
    }

    /// Creates the runner of the effects of commits. See ``EffectRunner/init(organizations:handlers:longestDelay:failed:)`` for `failed`.
    public func effectRunner(
        failed: @escaping @Sendable (LeasedEffect?, APIError) -> Void = { _, _ in }
    ) -> EffectRunner {
        EffectRunner(
            organizations: organizations,
            handlers: integrations.effectHandlers,
            longestDelay: integrations.delay,
            failed: failed
        )
    }
}

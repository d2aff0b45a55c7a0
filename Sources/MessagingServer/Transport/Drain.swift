public import MessagingCore
public import ServiceLifecycle

/// The first step of a graceful stop. Readiness turns to draining, and every response asks its client to go elsewhere, until no connection
/// is open or the time has passed. The service comes last in a group, so that it stops first.
public struct Drain: Service {
    private let load: ServerLoad
    private let limit: Duration
    private let surroundings: Surroundings

    /// The time for which no connection may be open before the listener closes. Otherwise a connection that the system has accepted but the
    /// server has not would be cut off.
    private static let quiet = Duration.milliseconds(150)

    /// Creates a service that waits at most `limit` for connections to close.
    public init(load: ServerLoad, limit: Duration, in surroundings: Surroundings = .system) {
        self.surroundings = surroundings
        self.load = load
        self.limit = limit
    }

    public func run() async throws {
        try await gracefulShutdown()
        load.drain()
        let now = surroundings.instant
        let end = now().advanced(by: limit)
        var quietSince = now()
        while now() < end, now() - quietSince < Self.quiet {
            try await surroundings.sleep(.milliseconds(5))
            if load.openConnections > 0 { quietSince = now() }
        }
    }
}

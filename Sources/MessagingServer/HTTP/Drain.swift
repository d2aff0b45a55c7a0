public import ServiceLifecycle

/// The first step of a graceful stop: readiness turns to draining, and every answer asks its client to go elsewhere, until no
/// connection is open or the time is over. Runs last in a group, so that it stops first.
public struct Drain: Service {
    private let readiness: Readiness
    private let limit: Duration

    /// Waits at most `limit` for connections to close.
    public init(readiness: Readiness, limit: Duration) {
        self.readiness = readiness
        self.limit = limit
    }

    public func run() async throws {
        try await gracefulShutdown()
        readiness.drain()
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: limit)
        while readiness.openConnections > 0, clock.now < end { try await clock.sleep(for: .milliseconds(5)) }
    }
}

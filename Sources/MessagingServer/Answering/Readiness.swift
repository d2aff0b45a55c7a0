import Synchronization

/// Whether the server takes requests, and how many connections it has.
public final class Readiness: Sendable {
    private let draining = Atomic(false)
    private let connections = Atomic(0)

    /// Ready, with no connections.
    public init() {}

    /// Whether the server is about to stop: it still answers, and asks its clients to go elsewhere.
    public var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// How many connections are open.
    public var openConnections: Int { connections.load(ordering: .acquiring) }

    /// Begins to drain.
    public func drain() { draining.store(true, ordering: .releasing) }

    func connectionOpened() { connections.add(1, ordering: .relaxed) }

    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }
}

import Synchronization

/// Whether the server takes requests, and how many connections it has.
public final class Readiness: Sendable {
    private let draining = Atomic(false)
    private let connections = Atomic(0)
    private let refusals = Atomic(0)
    private let refused = Atomic(0)
    /// The responses that wait for their clients to read.
    let unsent = UnsentResponses()
    /// The bodies of requests that are received or worked on.
    let bodies = BodyAccounts()

    /// Ready, with no connections.
    public init() {}

    /// Whether the server is about to stop: it still answers, and asks its clients to go elsewhere.
    public var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// How many connections are open, without those that are turned away.
    public var openConnections: Int { connections.load(ordering: .acquiring) }

    /// About how many bytes of memory the connections take.
    package var loadBytes: Int { openConnections * Self.connectionBytes + unsent.bytes + bodies.bytes }

    private static let connectionBytes = 24 * 1_024

    /// How many connections were turned away since the start.
    var refusedConnections: Int { refused.load(ordering: .relaxed) }

    /// Begins to drain.
    public func drain() { draining.store(true, ordering: .releasing) }

    /// Counts a connection; false, and not counted, when there are `limit` already.
    func connectionOpened(atMost limit: Int) -> Bool { Self.add(connections, atMost: limit) }

    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

    /// Counts a connection that is turned away; false, and not counted, when there are `limit` already.
    func refusalBegan(atMost limit: Int) -> Bool {
        refused.add(1, ordering: .relaxed)
        return Self.add(refusals, atMost: limit)
    }

    func refusalEnded() { refusals.subtract(1, ordering: .relaxed) }

    private static func add(_ counter: borrowing Atomic<Int>, atMost limit: Int) -> Bool {
        if counter.add(1, ordering: .relaxed).newValue <= limit { return true }
        counter.subtract(1, ordering: .relaxed)
        return false
    }
}

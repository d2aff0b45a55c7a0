import Synchronization

/// The load of the server: whether it accepts requests, and how many connections, responses and bodies it holds.
public final class ServerLoad: Sendable {
    private let draining = Atomic(false)
    private let connections = Atomic(0)
    private let refusals = Atomic(0)
    private let refused = Atomic(0)
    /// The responses that wait until their clients read them.
    let unsent = UnsentResponses()
    /// The request bodies that are being received or handled.
    let bodies = BodyAccounts()

    /// Creates a value that is ready and has no connections.
    public init() {}

    /// Whether the server is about to stop. Until then it handles requests and asks its clients to go elsewhere.
    public var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// The number of open connections, without those that are turned away.
    public var openConnections: Int { connections.load(ordering: .acquiring) }

    /// The approximate number of bytes of memory that the connections take.
    package var bytes: Int { openConnections * Self.connectionBytes + unsent.bytes + bodies.bytes }

    private static let connectionBytes = 24 * 1_024

    /// The number of connections that were turned away since the start.
    var refusedConnections: Int { refused.load(ordering: .relaxed) }

    /// Begins to drain.
    public func drain() { draining.store(true, ordering: .releasing) }

    /// Counts a connection. Returns false without counting it if there are `limit` already.
    func connectionOpened(atMost limit: Int) -> Bool { Self.add(connections, atMost: limit) }

    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

    /// Counts a connection that is turned away. Returns false if `limit` connections are being turned away already.
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

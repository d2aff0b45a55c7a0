import Synchronization

/// Whether the server takes requests, and how many connections it has.
public final class Readiness: Sendable {
    private let draining = Atomic(false)
    private let connections = Atomic(0)
    private let refusals = Atomic(0)
    private let refused = Atomic(0)
    private let bodies = Atomic(0)
    private let refusedForMemory = Atomic(0)
    /// The responses that wait for their clients to read.
    let unsent = UnsentResponses()

    /// Ready, with no connections.
    public init() {}

    /// Whether the server is about to stop: it still answers, and asks its clients to go elsewhere.
    public var isDraining: Bool { draining.load(ordering: .acquiring) }

    /// How many connections are open, without those that are turned away.
    public var openConnections: Int { connections.load(ordering: .acquiring) }

    /// About how many bytes of memory the connections take.
    package var loadBytes: Int { openConnections * Self.connectionBytes + unsent.bytes + bodyBytes }

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

    /// Bytes of the bodies that are being received or worked on.
    var bodyBytes: Int { bodies.load(ordering: .relaxed) }

    /// How many bodies were refused since the start because there was no memory for them.
    var refusedBodies: Int { refusedForMemory.load(ordering: .relaxed) }

    /// Counts bytes of a body; false, and not counted, when there would be more than `limit`.
    func bodyCame(_ bytes: Int, atMost limit: Int) -> Bool {
        if bodies.add(bytes, ordering: .relaxed).newValue <= limit { return true }
        bodies.subtract(bytes, ordering: .relaxed)
        return false
    }

    func bodyRefused() { refusedForMemory.add(1, ordering: .relaxed) }

    func bodyReleased(_ bytes: Int) { bodies.subtract(bytes, ordering: .relaxed) }

    private static func add(_ counter: borrowing Atomic<Int>, atMost limit: Int) -> Bool {
        if counter.add(1, ordering: .relaxed).newValue <= limit { return true }
        counter.subtract(1, ordering: .relaxed)
        return false
    }
}

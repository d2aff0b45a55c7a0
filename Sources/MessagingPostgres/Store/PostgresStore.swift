import Foundation
public import Logging
public import MessagingCore
import Synchronization

/// The engine on PostgreSQL, for many servers that share one database.
///
/// No logic rests on a stricter isolation than READ COMMITTED: the first statement of a commit moves the organization's revision if it is still
/// the commit's base. While the database is away, calls fail at once.
public final class PostgresStore: Store {
    /// The reason why a database was not opened, in one line.
    public struct OpenError: Error, CustomStringConvertible {
        /// The reason in one line.
        public let description: String
    }

    /// The connections of a store, by the calls that use them, so that none of these delays the others.
    private struct Pools {
        let writes, reads, revisions: ConnectionPool

        var all: [ConnectionPool] { [writes, reads, revisions] }
    }

    public let epoch: String
    private let pools: Pools
    /// The name of this server in leases.
    let leaseholder: String
    let surroundings: Surroundings
    let logger: Logger
    /// The limit on concurrent long reads of histories.
    let pageGate = ReadGate(limit: 1)

    private init(epoch: String, _ pools: Pools, _ surroundings: Surroundings, logger: Logger) {
        (self.epoch, self.pools, self.surroundings, self.logger) = (epoch, pools, surroundings, logger)
        leaseholder = surroundings.makeID()
    }

    deinit { close() }

    /// Connects to the database, and creates the tables if there are none and `missing` says so. Throws one line if the database cannot be
    /// used: it is away, would lose commits, cannot be written, or is of a newer version of this program.
    ///
    /// The store has up to `connections` connections for writes, one more for reads, and one for the revisions.
    public static func open(
        _ address: DatabaseAddress,
        connections: Int = 3,
        missing: MissingTables = .create(partitions: nil),
        in surroundings: Surroundings = .system,
        logger: Logger
    ) async throws(OpenError) -> PostgresStore {
        let known = KnownEpoch()
        let migration = Migration(missing: missing)
        func pool(_ connections: Int) -> ConnectionPool {
            ConnectionPool(address, connections: connections, in: surroundings, logger: logger) {
                (session) throws(SessionError) in
                // Only the first session changes the tables. Later ones might find the tables of a restoration that is under way.
                try known.check(try known.value.isEmpty ? migration.run(session) : Migration.epoch(of: session))
            }
        }
        let pools = Pools(writes: pool(connections), reads: pool(connections + 1), revisions: pool(1))
        do throws(SessionError) {
            try await pools.writes.use { _ in }
        } catch {
            for pool in pools.all { pool.close() }
            throw OpenError(description: "cannot open \(address): \(error.cause)")
        }
        return PostgresStore(epoch: known.value, pools, surroundings, logger: logger)
    }

    /// Closes the connections after the calls that wait. Every later call throws ``StoreError/unavailable(cause:)``.
    public func close() { for pool in pools.all { pool.close() } }

    /// Calls the database, so that ``canWrite`` is right even if no other call is made. Call it about once a second.
    public func check() async {
        for pool in pools.all {
            _ = try? await pool.use(isRead: true) { (session) throws(SessionError) in
                _ = try session.run([Query(Self.nothing)], within: ConnectionPool.timeout)
            }
        }
    }

    private static let nothing = Statement("SELECT 1::bigint")

    public var canWrite: Bool { pools.all.allSatisfy(\.isUsable) }

    /// The threads of the store wait for the database, so no other work may run there.
    public var taskExecutor: (any TaskExecutor)? { nil }

    /// Runs statements that only read, all at one moment of the database, and returns what `body` makes of their rows.
    func read<Result: Sendable>(
        _ queries: @escaping @Sendable () -> [Query],
        _ body: @escaping @Sendable ([Rows]) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await reading { (session) throws(SessionError) in
            let rows = try session.read(queries())
            return try SessionError.fromStore { () throws(StoreError) in try body(rows) }
        }
    }

    /// Calls `body`, which only reads, with a connection.
    func reading<Result: Sendable>(
        _ body: @escaping @Sendable (Session) throws(SessionError) -> Result
    ) async throws(StoreError) -> Result {
        try await Self.inTermsOfStore { () throws(SessionError) in try await pools.reads.use(isRead: true, body) }
    }

    /// Calls the result of `make`, which only reads revisions, with the connection for that, and then `receiver`, see ``ConnectionPool``.
    func useForRevisions<Result: Sendable>(
        _ make: @escaping @Sendable () -> (Session) throws(SessionError) -> Result,
        _ receiver: @escaping @Sendable (Swift.Result<Result, SessionError>) -> Void
    ) {
        pools.revisions.use(isRead: true, make, receiver)
    }

    /// Runs statements in one transaction, and returns what `body` makes of their rows once it is committed. If it is not known whether it was
    /// committed, it throws, too.
    func write<Result: Sendable>(
        _ queries: @escaping @Sendable () -> [Query],
        _ body: @escaping @Sendable ([Rows]) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await Self.inTermsOfStore { () throws(SessionError) in
            try await writing { (session) throws(SessionError) in
                let rows = try session.transact(queries())
                if session.hasWarning { throw .lost(message: session.warning, isSent: true) }
                return try SessionError.fromStore { () throws(StoreError) in try body(rows) }
            }
        }
    }

    /// Makes a deletion while no other transaction changes the organization, and returns the number that it returns. If the count of `look` is 0,
    /// it is not made, since even a write that deletes nothing waits for a disk.
    func delete(
        from organization: String,
        ifAny look: Query,
        _ deletion: Query
    ) async throws(StoreError) -> Int {
        let isAny = try await read {
            [look]
        } _: { (results) throws(StoreError) in
            try results[0].integer(0, 0) > 0
        }
        guard isAny else { return 0 }
        return try await write {
            [Query(CommitStatements.lockOrganization, [.text(organization)]), deletion]
        } _: { (results) throws(StoreError) in
            results[1].count > 0 ? Int(try results[1].integer(0, 0)) : 0
        }
    }

    /// Calls `body` with a connection for writes.
    func writing<Result: Sendable>(
        _ body: @escaping @Sendable (Session) throws(SessionError) -> Result
    ) async throws(SessionError) -> Result {
        try await pools.writes.use(body)
    }

    private static func inTermsOfStore<Result>(
        _ body: () async throws(SessionError) -> Result
    ) async throws(StoreError) -> Result {
        do throws(SessionError) {
            return try await body()
        } catch {
            throw error.storeError
        }
    }
}

/// The epoch of the store at the first connection. Every later connection must have the same.
private final class KnownEpoch: Sendable {
    private let known = Mutex("")

    var value: String { known.withLock { $0 } }

    /// Throws if the store is another one than before.
    func check(_ epoch: String) throws(SessionError) {
        let isSame = known.withLock { known in
            if known.isEmpty { known = epoch }
            return known == epoch
        }
        if !isSame { throw .unsuitable(reason: "it is another store than before; start the server again") }
    }
}

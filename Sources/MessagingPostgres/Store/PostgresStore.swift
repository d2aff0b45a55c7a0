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

    public let epoch: String
    let pool: ConnectionPool
    /// The name of this server in leases.
    let leaseholder: String
    let surroundings: Surroundings
    let logger: Logger
    /// The limit on concurrent long reads of histories.
    let pageGate = ReadGate(limit: 2)

    private init(epoch: String, _ pool: ConnectionPool, _ surroundings: Surroundings, logger: Logger) {
        (self.epoch, self.pool, self.surroundings, self.logger) = (epoch, pool, surroundings, logger)
        leaseholder = surroundings.makeID()
    }

    deinit { pool.close() }

    /// Connects to the database, and creates the tables if there are none. Throws one line if the database cannot be used: it is away, would
    /// lose commits, cannot be written, or is of a newer version of this program.
    public static func open(
        _ address: DatabaseAddress,
        connections: Int = 4,
        in surroundings: Surroundings = .system,
        logger: Logger
    ) async throws(OpenError) -> PostgresStore {
        let known = KnownEpoch()
        let pool = ConnectionPool(address, connections: connections, in: surroundings, logger: logger) {
            (session) throws(SessionError) in
            try known.check(try Migration.run(session))
        }
        do throws(SessionError) {
            try await pool.use { _ in }
        } catch {
            pool.close()
            throw OpenError(description: "cannot open \(address): \(error.cause)")
        }
        return PostgresStore(epoch: known.value, pool, surroundings, logger: logger)
    }

    /// Closes the connections after the calls that wait. Every later call throws ``StoreError/unavailable(cause:)``.
    public func close() { pool.close() }

    public var canWrite: Bool { pool.isUsable }

    /// The threads of the store wait for the database, so no other work may run there.
    public var taskExecutor: (any TaskExecutor)? { nil }

    /// Runs statements that only read, all at one moment of the database, and returns what `body` makes of their rows.
    func read<Result: Sendable>(
        _ queries: @escaping @Sendable () -> [Query],
        _ body: @escaping @Sendable ([Rows]) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await use { (session) throws(SessionError) in
            let rows = try session.read(queries())
            return try SessionError.fromStore { () throws(StoreError) in try body(rows) }
        }
    }

    /// Runs statements in one transaction, and returns what `body` makes of their rows once it is committed. If it is not known whether it was
    /// committed, it throws, too.
    func write<Result: Sendable>(
        _ queries: @escaping @Sendable () -> [Query],
        _ body: @escaping @Sendable ([Rows]) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        try await use { (session) throws(SessionError) in
            let rows = try session.transact(queries())
            if session.hasWarning { throw .lost(message: session.warning, isSent: true) }
            return try SessionError.fromStore { () throws(StoreError) in try body(rows) }
        }
    }

    /// Calls `body` with a connection, and throws its error in the store's terms.
    func use<Result: Sendable>(
        _ body: @escaping @Sendable (Session) throws(SessionError) -> Result
    ) async throws(StoreError) -> Result {
        do throws(SessionError) {
            return try await pool.use(body)
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

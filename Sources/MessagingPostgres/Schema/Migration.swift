import MessagingCore

/// The creation of the tables, and their upgrades. Each step is one transaction under a lock, so that servers may start together.
struct Migration: Sendable {
    let missing: MissingTables
    /// Whether a copy is continued, which servers do not open.
    var opensCopies = false

    /// The key of the advisory lock, "messagin" in ASCII.
    private static let lock = 0x6D65_7373_6167_696E
    private static let hasStore = Statement("SELECT count(*) FROM pg_class WHERE oid = to_regclass('store')")
    private static let readStore = Statement(
        """
        SELECT version, epoch, (origin = \(PostgresSchema.origin))::int::bigint, \(WriteStop.unfinished.count()) FROM store
        """
    )
    private static let countPartitions = Statement(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass('organization')"
    )
    /// The time for which one server waits for another one that creates the tables.
    private static let timeout = Duration.seconds(60)

    /// Returns the epoch of the store, after missing tables were created. A store that was restored from a dump gets a new epoch.
    ///
    /// Throws a refusal if a newer version of this program made the tables, if they have another number of partitions than wanted, or if there
    /// are none and none may be created.
    func run(_ session: Session) throws(SessionError) -> String {
        if let store = try Self.store(session, opensCopies: opensCopies) {
            try checkPartitions(session)
            if store.isOwn { return store.epoch }
        } else if missing == .refuse {
            throw .unsuitable(reason: "it has no tables of this program; serve or migrate creates them")
        }
        try alone(session) { (session) throws(SessionError) in
            // Another server may have done it meanwhile.
            if try Self.store(session, opensCopies: opensCopies) != nil {
                try session.runScript(PostgresSchema.adoption, within: Self.timeout)
            } else if case .create(let partitions) = missing {
                try session.runScript(PostgresSchema.creation(partitions: partitions), within: Self.timeout)
            }
        }
        try checkPartitions(session)
        return try Self.epoch(of: session, opensCopies: opensCopies)
    }

    /// Returns the epoch of the store. Throws a refusal if there are no tables, or if it began in another database.
    static func epoch(of session: Session, opensCopies: Bool = false) throws(SessionError) -> String {
        guard let store = try store(session, opensCopies: opensCopies) else {
            throw .unsuitable(reason: "it has no tables of this program")
        }
        guard store.isOwn else { throw .unsuitable(reason: "it is a restored dump; start the server again") }
        return store.epoch
    }

    /// Calls `body` in a transaction, while no other server does the same.
    private func alone(_ session: Session, _ body: (Session) throws(SessionError) -> Void) throws(SessionError) {
        do throws(SessionError) {
            try session.runScript(
                """
                \(Session.beginWrite.text);
                SELECT pg_advisory_xact_lock(\(Self.lock));
                """,
                within: Self.timeout
            )
            try body(session)
            try session.runScript(Session.commit.text, within: Self.timeout)
        } catch {
            if !session.isLost { try? session.runScript(Session.rollback.text, within: Self.timeout) }
            throw error
        }
    }

    private func checkPartitions(_ session: Session) throws(SessionError) {
        guard case .create(let wanted?) = missing else { return }
        let rows = try session.run([Query(Self.countPartitions)], within: ConnectionPool.timeout)
        let found = try SessionError.fromStore { () throws(StoreError) in try rows[0].integer(0, 0) }
        guard found != Int64(wanted) else { return }
        let count = found == 0 ? "no partitions" : "\(found) partitions"
        throw .unsuitable(reason: "its tables have \(count), and their number cannot be changed")
    }

    /// Returns the epoch of the store, and whether it began in this database; nil without tables.
    private static func store(
        _ session: Session,
        opensCopies: Bool
    ) throws(SessionError) -> (epoch: String, isOwn: Bool)? {
        let found = try session.run([Query(hasStore)], within: ConnectionPool.timeout)[0]
        guard try SessionError.fromStore({ () throws(StoreError) in try found.integer(0, 0) }) == 1 else { return nil }
        let store = try session.run([Query(readStore)], within: ConnectionPool.timeout)[0]
        guard store.count == 1 else { throw .corrupt(cause: "the table of the store does not have one row") }
        let (version, epoch, isOwn, isUnfinished) = try SessionError.fromStore { () throws(StoreError) in
            (
                try store.integer(0, 0), try store.text(0, 1), try store.integer(0, 2) == 1,
                try store.integer(0, 3) > 0
            )
        }
        guard version <= PostgresSchema.version else {
            throw .unsuitable(
                reason:
                    "it was written by a newer version (schema \(version), this program knows \(PostgresSchema.version))"
            )
        }
        if isUnfinished, !opensCopies {
            throw .unsuitable(reason: "it is an unfinished copy: run messaging-server copy again")
        }
        return (epoch, isOwn)
    }
}

import MessagingCore

/// The creation of the tables, and their upgrades. Each step is one transaction under a lock, so that servers may start together.
enum Migration {
    /// The key of the advisory lock, "messagin" in ASCII.
    private static let lock = 0x6D65_7373_6167_696E
    private static let hasStore = Statement("SELECT count(*) FROM pg_class WHERE oid = to_regclass('store')")
    private static let readStore = Statement("SELECT version, epoch FROM store")
    private static let timeout = Duration.seconds(60)

    /// Creates missing tables, and returns the epoch of the store. Throws if a newer version of this program made the tables.
    static func run(_ session: Session) throws(SessionError) -> String {
        if let epoch = try epoch(session) { return epoch }
        do throws(SessionError) {
            try session.runScript(
                """
                BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
                SELECT pg_advisory_xact_lock(\(lock));
                """,
                within: timeout
            )
            // Another server may have created them meanwhile.
            if try epoch(session) == nil { try session.runScript(PostgresSchema.creation, within: timeout) }
            try session.runScript("COMMIT", within: timeout)
        } catch {
            if !session.isLost { try? session.runScript("ROLLBACK", within: timeout) }
            throw error
        }
        guard let epoch = try epoch(session) else { throw .corrupt(cause: "the table of the store is empty") }
        return epoch
    }

    /// Returns the epoch of the store; nil without tables.
    private static func epoch(_ session: Session) throws(SessionError) -> String? {
        do {
            let found = try session.run([Query(hasStore)], within: timeout)
            guard try found[0].integer(0, 0) == 1 else { return nil }
            let store = try session.run([Query(readStore)], within: timeout)[0]
            guard store.count == 1 else { throw SessionError.corrupt(cause: "the table of the store has no row") }
            let version = try store.integer(0, 0)
            guard version <= PostgresSchema.version else {
                throw SessionError.unsuitable(
                    reason:
                        "it was written by a newer version (schema \(version), this program knows \(PostgresSchema.version))"
                )
            }
            return try store.text(0, 1)
        } catch let error as SessionError {
            throw error
        } catch {
            throw .corrupt(cause: "the table of the store has a wrong type")
        }
    }
}

public import MessagingCore

/// A database as the source of a copy. All reads see it at one moment.
public final class PostgresCopySource: CopySource {
    private let connection: CopySession

    /// Connects and begins the moment of the copy. If `isFinal` is true, the database takes no commits and tokens from then on, from any server.
    /// Throws one line if the database cannot be used.
    public init(_ address: DatabaseAddress, isFinal: Bool) throws(PostgresStore.OpenError) {
        do throws(SessionError) {
            connection = try CopySession(address, Migration(missing: .refuse))
            if isFinal { try connection.transactSoon(WriteStop.final.beginning()) }
            try connection.session.runScript(
                """
                BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
                SET LOCAL statement_timeout = 0;
                SET LOCAL idle_in_transaction_session_timeout = 0;
                SELECT count(*) FROM store;
                """,
                within: ConnectionPool.timeout
            )
        } catch {
            throw PostgresStore.OpenError(description: "cannot copy \(address): \(error.cause)")
        }
    }

    /// Throws one line if the database cannot be used. Changes nothing.
    public static func check(_ address: DatabaseAddress) throws(PostgresStore.OpenError) {
        do throws(SessionError) {
            try CopySession(address, Migration(missing: .refuse)).session.close()
        } catch {
            throw PostgresStore.OpenError(description: "cannot copy \(address): \(error.cause)")
        }
    }

    deinit { end() }

    public func count(of table: CopiedTable) throws(StoreError) -> Int {
        try CopySession.inTermsOfStore { () throws(SessionError) in try connection.rows.count(of: table) }
    }

    public func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try CopySession.inTermsOfStore { () throws(SessionError) in try connection.rows.rows(of: table, after: key) }
    }

    public func end() { connection.session.close() }
}

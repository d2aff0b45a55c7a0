public import MessagingCore

/// An empty database as the target of a copy. Until it is complete, no server opens it, and the next copy continues it.
public final class PostgresCopyTarget: CopyTarget {
    private let connection: CopySession

    /// Connects, creates missing tables, and begins the copy. Throws one line if the database cannot be used, or if it has organizations that
    /// are not those of an unfinished copy.
    public init(_ address: DatabaseAddress) throws(PostgresStore.OpenError) {
        do throws(SessionError) {
            connection = try CopySession(address, Migration(missing: .create(partitions: nil), opensCopies: true))
            try connection.transact(Self.beginning)
        } catch {
            throw PostgresStore.OpenError(description: "cannot copy to \(address): \(error.cause)")
        }
    }

    deinit { connection.session.close() }

    /// Throws what ``init(_:)`` would throw, and changes nothing.
    public static func check(_ address: DatabaseAddress) throws(PostgresStore.OpenError) {
        do throws(SessionError) {
            let connection = try CopySession(address)
            defer { connection.session.close() }
            try connection.transact(isEmpty)
        } catch {
            throw PostgresStore.OpenError(description: "cannot copy to \(address): \(error.cause)")
        }
    }

    /// Refuses a store with data that are not those of an unfinished copy.
    private static let isEmpty = """
        DO $$ BEGIN
            IF to_regclass('organization') IS NOT NULL AND \(WriteStop.unfinished.count) = 0 THEN
                IF EXISTS (SELECT FROM organization) OR EXISTS (SELECT FROM token) THEN
                    RAISE EXCEPTION 'it has organizations, and a copy needs an empty store';
                END IF;
            END IF;
        END $$;
        """

    /// Checks and begins in one transaction, so that no server can write in between.
    private static let beginning = """
        SET LOCAL statement_timeout = 0;
        LOCK TABLE organization, token IN ACCESS EXCLUSIVE MODE;
        \(isEmpty)
        \(WriteStop.unfinished.beginning)
        """

    private static let begin = Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    /// Exempts the transaction, which needs no sync before the copy is complete. Fails if the copy is complete by now.
    private static let exempt = Statement(
        """
        SELECT set_config('\(WriteStop.exemption)', 'true', true), set_config('synchronous_commit', 'off', true),
            set_config('statement_timeout', '0', true), 1 / \(WriteStop.unfinished.count)
        """
    )
    private static let commit = Statement("COMMIT")

    public func count(of table: CopiedTable) throws(StoreError) -> Int {
        try CopySession.inTermsOfStore { () throws(SessionError) in try connection.rows.count(of: table) }
    }

    public func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try CopySession.inTermsOfStore { () throws(SessionError) in try connection.rows.rows(of: table, after: key) }
    }

    public func replace(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) throws(StoreError) {
        try CopySession.inTermsOfStore { () throws(SessionError) in
            let queries = connection.rows.replacement(table, after: first, through: last, with: rows)
            _ = try connection.session.run(
                [Query(Self.begin), Query(Self.exempt)] + queries + [Query(Self.commit)],
                within: CopiedRows.patience
            )
        }
    }

    /// Lets servers open the copy. The sync of this transaction makes all earlier ones durable.
    public func finish() throws(StoreError) {
        try CopySession.inTermsOfStore { () throws(SessionError) in
            try connection.transact("SET LOCAL synchronous_commit = on; \(WriteStop.unfinished.end)")
            // The statistics of a table that was just filled would come later.
            try connection.session.runScript("ANALYZE", within: CopiedRows.patience)
        }
    }
}

import Foundation
public import MessagingCore

/// An empty database as the target of a copy. Until it is complete, no server opens it, and the next copy continues it.
public final class PostgresCopyTarget: CopyTarget {
    private let address: DatabaseAddress
    private let connection: CopySession
    /// The note of this copy in its triggers. A later copy has another one, and ends this one.
    private let note: String
    private let replacement: [Query]

    /// Connects, creates missing tables, and begins the copy. Throws one line if the database cannot be used, or if it has organizations that
    /// are not those of an unfinished copy.
    public init(_ address: DatabaseAddress) throws(PostgresStore.OpenError) {
        self.address = address
        note = UUID().uuidString.filter { $0 != "-" }
        replacement = [
            Query(Session.beginWrite), Query(Self.lock), Query(Self.exempt), Query(Statement(Self.isOurs(note))),
        ]
        do throws(SessionError) {
            connection = try CopySession(address, Migration(missing: .create(partitions: nil), opensCopies: true))
            // Checks and begins in one transaction, so that no server can write in between.
            try connection.transactSoon(
                """
                LOCK TABLE organization, token IN SHARE ROW EXCLUSIVE MODE;
                \(Self.isEmpty)
                \(WriteStop.unfinished.beginning(note))
                """
            )
        } catch {
            throw Self.refusal(of: address, error)
        }
    }

    deinit { connection.session.close() }

    /// Throws one line if the database cannot be used, or if it has organizations that are not those of an unfinished copy. Changes nothing.
    public static func check(_ address: DatabaseAddress) throws(PostgresStore.OpenError) {
        do throws(SessionError) {
            let connection = try CopySession(address)
            defer { connection.session.close() }
            try connection.transact(isEmpty)
        } catch {
            throw refusal(of: address, error)
        }
    }

    private static func refusal(of address: DatabaseAddress, _ error: SessionError) -> PostgresStore.OpenError {
        PostgresStore.OpenError(description: "cannot copy to \(address): \(error.cause)")
    }

    private static let isEmpty = """
        DO $$ BEGIN
            IF to_regclass('organization') IS NOT NULL AND \(WriteStop.unfinished.count()) = 0 THEN
                IF EXISTS (SELECT FROM organization) OR EXISTS (SELECT FROM token) THEN
                    RAISE EXCEPTION 'it has organizations, and a copy needs an empty store';
                END IF;
            END IF;
        END $$;
        """

    /// Returns a statement that fails if another copy has begun, or has made the database complete.
    private static func isOurs(_ note: String) -> String {
        """
        DO $$ BEGIN
            IF \(WriteStop.unfinished.count(note)) = 0 THEN RAISE EXCEPTION 'another copy to it was begun'; END IF;
        END $$;
        """
    }

    /// Lets the end of a copy wait for this transaction.
    private static let lock = Statement("LOCK TABLE organization IN ROW EXCLUSIVE MODE")
    private static let exempt = Statement(
        "SELECT set_config('\(WriteStop.exemption)', 'true', true), set_config('statement_timeout', '0', true)"
    )

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
            _ = try connection.session.run(replacement + queries + [Query(Session.commit)], within: CopiedRows.patience)
        }
    }

    /// Lets servers open the copy, in a new epoch, so that a server that has had the empty store open does not continue with it.
    public func finish() throws(StoreError) {
        do throws(SessionError) {
            try connection.transact(
                """
                LOCK TABLE organization, token IN ACCESS EXCLUSIVE MODE;
                \(Self.isOurs(note))
                \(WriteStop.unfinished.end)
                \(PostgresSchema.renewal)
                """
            )
        } catch {
            // The connection may have been lost after the end.
            guard case .lost = error, let other = try? CopySession(address, Migration(missing: .refuse)) else {
                throw error.storeError
            }
            other.session.close()
        }
        // The statistics of tables that were just filled would come later.
        let tables = CopiedTable.all.map(\.name).joined(separator: ", ")
        try? connection.session.runScript("ANALYZE \(tables)", within: CopiedRows.patience)
    }
}

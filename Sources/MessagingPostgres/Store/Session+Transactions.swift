import MessagingCore

/// Transactions of a session. Each is sent at once.
extension Session {
    /// Runs statements as one transaction, and returns the rows of each. Throws ``SessionError/lost(message:isSent:)`` if the database does not
    /// confirm the commit.
    func transact(_ queries: [Query]) throws(SessionError) -> [Rows] {
        let rows = try run(beginning(.write) + queries + [Query(Self.commit)], within: ConnectionPool.timeout)
        guard rows.last?.command == "COMMIT" else {
            close()
            throw .lost(message: "the database did not confirm a commit", isSent: true)
        }
        return Array(rows[firstOfTransaction..<rows.count - 1])
    }

    /// Runs statements that only read, all at one moment of the database, and returns the rows of each.
    func read(_ queries: [Query]) throws(SessionError) -> [Rows] {
        // One statement sees one moment by itself.
        if queries.count == 1, !isPooled { return try run(queries, within: ConnectionPool.timeout) }
        let rows = try run(beginning(.read) + queries + [Query(Self.commit)], within: ConnectionPool.timeout)
        return Array(rows[firstOfTransaction..<rows.count - 1])
    }

    /// Begins a transaction whose statements all see the database at one moment, and calls `body` within it.
    func reading<Result>(_ body: (Session) throws(SessionError) -> Result) throws(SessionError) -> Result {
        _ = try run(beginning(.read), within: ConnectionPool.timeout)
        do throws(SessionError) {
            let result = try body(self)
            _ = try run([Query(Self.commit)], within: ConnectionPool.timeout)
            return result
        } catch {
            // A refusal has ended the transaction, and a lost session too.
            if case .corrupt = error { close() }
            throw error
        }
    }

    /// The number of the first statement of a transaction, after its beginning.
    var firstOfTransaction: Int { isPooled ? 2 : 1 }

    /// Sets the limits of time and the durability for all transactions of the session, and how statements are planned, unless a pooler may give
    /// each transaction another session.
    func setLimits(within timeout: Duration) throws(SessionError) {
        if !isPooled { _ = try run([limits(.write, isLocal: false), Query(Self.planOnce)], within: timeout) }
    }

    private enum Access { case read, write }

    /// Returns the statements that begin a transaction.
    private func beginning(_ access: Access) -> [Query] {
        let begin = Query(access == .read ? Self.beginRead : Self.beginWrite)
        return isPooled ? [begin, limits(access, isLocal: true)] : [begin]
    }

    private func limits(_ access: Access, isLocal: Bool) -> Query {
        let times = [Value.text(Self.statementTimeout), .text(Self.lockTimeout), .text(isLocal ? "true" : "false")]
        return switch access {
        case .read: Query(Self.limitTime, times)
        case .write: Query(Self.limitTimeAndSync, times + [.text(facts?.synchronousCommit ?? "on")])
        }
    }

    /// In milliseconds. Both are shorter than ``ConnectionPool/timeout``.
    private static let statementTimeout = "4000"
    private static let lockTimeout = "3000"

    private static let beginRead = Statement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    /// Every statement finds its rows by a key, so its plan is good for all values and sizes. Making it would take longer than the statement. A
    /// plan that is made while the tables are small must not read whole tables later.
    private static let planOnce = Statement(
        """
        SELECT set_config('plan_cache_mode', 'force_generic_plan', false), set_config('enable_seqscan', 'off', false),
            set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false)
        """
    )
    private static let limitTime = Statement(
        "SELECT set_config('statement_timeout', $1, $3::boolean), set_config('lock_timeout', $2, $3::boolean)"
    )
    private static let limitTimeAndSync = Statement(
        """
        SELECT set_config('statement_timeout', $1, $3::boolean), set_config('lock_timeout', $2, $3::boolean),
            set_config('synchronous_commit', $4, $3::boolean)
        """
    )
}

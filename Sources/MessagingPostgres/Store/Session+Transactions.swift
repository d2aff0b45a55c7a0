import MessagingCore

/// Transactions of a session. Each is sent at once.
extension Session {
    /// Runs statements as one transaction, and returns the rows of each. Throws ``SessionError/lost(message:isSent:)`` if the database does not
    /// confirm the commit.
    func transact(_ queries: [Query]) throws(SessionError) -> [Rows] {
        let rows = try run(
            Self.beginning(.write, facts) + queries + [Query(Self.commit)],
            within: ConnectionPool.timeout
        )
        guard rows.last?.command == "COMMIT" else {
            close()
            throw .lost(message: "the database did not confirm a commit", isSent: true)
        }
        return Array(rows[Self.first..<rows.count - 1])
    }

    /// Runs statements that only read, all at one moment of the database, and returns the rows of each.
    func read(_ queries: [Query]) throws(SessionError) -> [Rows] {
        let rows = try run(
            Self.beginning(.read, facts) + queries + [Query(Self.commit)],
            within: ConnectionPool.timeout
        )
        return Array(rows[Self.first..<rows.count - 1])
    }

    /// Begins a transaction whose statements all see the database at one moment, and calls `body` within it.
    func reading<Result>(_ body: (Session) throws(SessionError) -> Result) throws(SessionError) -> Result {
        _ = try run(Self.beginning(.read, facts), within: ConnectionPool.timeout)
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
    static let first = 2

    private enum Access { case read, write }

    /// Returns the statements that begin a transaction. They set what a pooler would otherwise leave to the next user of a connection.
    private static func beginning(_ access: Access, _ facts: DatabaseFacts?) -> [Query] {
        switch access {
        case .read: [Query(beginRead), Query(limitTime, [.text(statementTimeout), .text(lockTimeout)])]
        case .write:
            [
                Query(beginWrite),
                Query(
                    limitTimeAndSync,
                    [.text(statementTimeout), .text(lockTimeout), .text(facts?.synchronousCommit ?? "on")]
                ),
            ]
        }
    }

    /// In milliseconds. Both are shorter than ``ConnectionPool/timeout``.
    private static let statementTimeout = "4000"
    private static let lockTimeout = "3000"

    private static let beginRead = Statement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    private static let beginWrite = Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    private static let commit = Statement("COMMIT")
    private static let limitTime = Statement(
        "SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true)"
    )
    private static let limitTimeAndSync = Statement(
        """
        SELECT set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
            set_config('synchronous_commit', $3, true)
        """
    )
}

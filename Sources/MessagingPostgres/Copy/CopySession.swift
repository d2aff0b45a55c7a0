import MessagingCore

/// The connection of a copy, to the first host of an address that can be used.
struct CopySession {
    let session: Session
    let rows: CopiedRows

    /// Connects. `migration` creates or checks the tables, if there is one.
    init(_ address: DatabaseAddress, _ migration: Migration? = nil) throws(SessionError) {
        session = try Session.connect(to: address.hosts) { (session, _) throws(SessionError) in
            _ = try migration?.run(session)
        }
        .session
        rows = CopiedRows(session)
    }

    /// Runs a script as one transaction, which is as durable as a commit of a server. Throws ``SessionError/lost(message:isSent:)`` if that is not
    /// known.
    func transact(_ script: String) throws(SessionError) {
        let sync = session.facts?.synchronousCommit ?? "on"
        do throws(SessionError) {
            try session.runScript(
                """
                \(Session.beginWrite.text);
                SET LOCAL statement_timeout = 0;
                SET LOCAL synchronous_commit = \(sync);
                \(script)
                \(Session.commit.text);
                """,
                within: CopiedRows.patience
            )
        } catch {
            if !session.isLost { try? session.runScript(Session.rollback.text, within: ConnectionPool.timeout) }
            throw error
        }
        if session.hasWarning { throw .lost(message: session.warning, isSent: true) }
    }

    /// Runs a script like ``transact(_:)`` in a transaction that waits at most three seconds for a lock, and again while it does not get one.
    func transactSoon(_ script: String) throws(SessionError) {
        for attempt in 1... {
            do throws(SessionError) {
                return try transact("SET LOCAL lock_timeout = 3000; \(script)")
            } catch {
                guard case .refused(Self.noLock, _, _) = error, attempt < Self.attempts else { throw error }
            }
        }
    }

    /// The SQLSTATE of a statement that did not get a lock in time.
    private static let noLock = "55P03"
    private static let attempts = 10

    /// Calls `body`, and throws its error in the terms of a store.
    static func inTermsOfStore<Result>(_ body: () throws(SessionError) -> Result) throws(StoreError) -> Result {
        do throws(SessionError) { return try body() } catch { throw error.storeError }
    }
}

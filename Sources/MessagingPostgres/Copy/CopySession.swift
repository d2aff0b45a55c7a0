import MessagingCore

/// The connection of a copy, to the first host of an address that can be used.
struct CopySession {
    let session: Session
    let rows: CopiedRows

    /// Connects. `migration` creates or checks the tables, if there is one.
    init(_ address: DatabaseAddress, _ migration: Migration? = nil) throws(SessionError) {
        var errors: [SessionError] = []
        for host in address.hosts {
            do throws(SessionError) {
                let session = try Session(host, timeout: ConnectionPool.timeout)
                session.facts = try DatabaseFacts(session, within: ConnectionPool.timeout)
                _ = try migration?.run(session)
                self.session = session
                rows = CopiedRows(session)
                return
            } catch {
                errors.append(error)
            }
        }
        throw errors.count == 1 ? errors[0] : .lost(message: errors.map(\.cause).joined(separator: "; "), isSent: false)
    }

    /// Runs a script as one transaction.
    func transact(_ script: String) throws(SessionError) {
        try session.runScript("BEGIN; \(script) COMMIT;", within: CopiedRows.patience)
    }

    static func inTermsOfStore<Result>(_ body: () throws(SessionError) -> Result) throws(StoreError) -> Result {
        do throws(SessionError) { return try body() } catch { throw error.storeError }
    }
}

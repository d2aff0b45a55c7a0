extension Session {
    /// Connects to the first of several hosts that can be used, beginning with the one of the number `first`, and returns its number, too.
    /// `prepare` makes a new session ready, and throws if it cannot be used. The hosts share the time for a connection.
    ///
    /// Throws the error of the only host, or one that has the causes of all of them.
    static func connect(
        to hosts: [DatabaseAddress],
        beginningWith first: Int = 0,
        _ prepare: (Session, _ timeout: Duration) throws(SessionError) -> Void
    ) throws(SessionError) -> (session: Session, host: Int) {
        let timeout = ConnectionPool.timeout / hosts.count
        var errors: [SessionError] = []
        for number in hosts.indices.map({ (first + $0) % hosts.count }) {
            do throws(SessionError) {
                return (try connect(to: hosts[number], within: timeout, prepare), number)
            } catch {
                errors.append(error)
            }
        }
        if errors.count == 1 { throw errors[0] }
        throw .lost(message: errors.map(\.cause).joined(separator: "; "), isSent: false)
    }

    private static func connect(
        to host: DatabaseAddress,
        within timeout: Duration,
        _ prepare: (Session, Duration) throws(SessionError) -> Void
    ) throws(SessionError) -> Session {
        let session = try Session(host, timeout: timeout)
        do throws(SessionError) {
            session.facts = try DatabaseFacts(session, within: timeout)
            try prepare(session, timeout)
            return session
        } catch {
            session.close()
            throw error
        }
    }
}

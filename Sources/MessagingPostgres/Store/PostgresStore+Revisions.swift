public import MessagingCore

extension PostgresStore: SharedRevisions {
    /// The store itself, since other servers use the database, too.
    public var sharedRevisions: (any SharedRevisions)? { self }

    /// Reads the revisions on a connection of its own, in one statement. The era is the identity of the primary, which a failover changes: that
    /// of the session, since a primary does not become another server while it runs, or with a pooler that of each statement.
    public func readRevisions(
        of organizations: @escaping @Sendable () -> [String],
        _ receiver: @escaping @Sendable (Result<PresentRevisions, StoreError>) -> Void
    ) {
        useForRevisions {
            let organizations = organizations()
            return { (session) throws(SessionError) in try session.revisions(of: organizations) }
        } _: { outcome in
            receiver(outcome.mapError(\.storeError))
        }
    }
}

extension Session {
    /// A condition with ANY would look for each id in each partition.
    private static let read = Statement(
        """
        SELECT organization.id, organization.revision
        FROM unnest($1) AS wanted (id) JOIN organization ON organization.id = wanted.id
        """
    )
    /// Also reads the identity of the primary, which is empty on a standby.
    private static let readWithPrimary = Statement(
        """
        SELECT organization.id, organization.revision, era.name
        FROM (SELECT \(DatabaseFacts.primaryName)) AS era (name) LEFT JOIN organization ON organization.id = ANY ($1)
        """
    )

    fileprivate func revisions(of organizations: [String]) throws(SessionError) -> PresentRevisions {
        // No organization has an id with U+0000.
        let ids = Value.texts(organizations.filter(Text.isStorable))
        let rows = try read([Query(isPooled ? Self.readWithPrimary : Self.read, [ids])])[0]
        let (era, found) = try SessionError.fromStore { () throws(StoreError) in
            var found: [String: Revision] = [:]
            for row in 0..<rows.count where !rows.isNull(row, 0) {
                found[try rows.text(row, 0)] = try rows.integer(row, 1)
            }
            return (isPooled ? try rows.text(0, 2) : facts?.primary ?? "", found)
        }
        guard !era.isEmpty else {
            close()
            throw .unsuitable(reason: "the server is a standby")
        }
        return PresentRevisions(era: era, revisions: organizations.map { found[$0] ?? 0 })
    }
}

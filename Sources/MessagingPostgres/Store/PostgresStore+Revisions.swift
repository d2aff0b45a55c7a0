public import MessagingCore

extension PostgresStore: SharedRevisions {
    /// The store itself, since other servers use the database, too.
    public var sharedRevisions: (any SharedRevisions)? { self }

    /// The revisions, each with the era, which is empty on a standby. A pooler may give each statement another server.
    private static let revisions = Statement(
        """
        SELECT era.name, organization.id, organization.revision
        FROM (SELECT \(DatabaseFacts.primaryName)) AS era (name) LEFT JOIN organization ON organization.id = ANY ($1)
        """
    )

    /// Reads the revisions on a connection of its own, in one statement. The era is the identity of the primary, which a failover changes.
    public func revisions(of organizations: [String]) async throws(StoreError) -> PresentRevisions {
        // No organization has an id with U+0000.
        let ids = organizations.filter(Text.isStorable)
        let (era, found) = try await readingRevisions { (session) throws(SessionError) in
            let rows = try session.read([Query(Self.revisions, [.texts(ids)])])[0]
            let result = try SessionError.fromStore { () throws(StoreError) in
                var found: [String: Revision] = [:]
                for row in 0..<rows.count where !rows.isNull(row, 1) {
                    found[try rows.text(row, 1)] = try rows.integer(row, 2)
                }
                return (try rows.text(0, 0), found)
            }
            guard !result.0.isEmpty else {
                session.close()
                throw .unsuitable(reason: "the server is a standby")
            }
            return result
        }
        return PresentRevisions(era: era, revisions: organizations.map { found[$0] ?? 0 })
    }
}

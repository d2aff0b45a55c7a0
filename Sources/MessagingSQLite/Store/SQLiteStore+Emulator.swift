import GRDB
public import MessagingCore

extension SQLiteStore: EmulatorStore {
    private static let tables = ["record", "history", "internal_change", "idempotency", "effect", "token"]

    public func remove(_ organization: String) throws(StoreError) {
        guard Text.isStorable(organization) else { return }
        do {
            try write { db in
                for table in Self.tables {
                    try db.cachedStatement(sql: "DELETE FROM \(table) WHERE organization = ?").execute(arguments: [
                        organization
                    ])
                }
                try db.cachedStatement(sql: "DELETE FROM organization WHERE id = ?").execute(arguments: [organization])
                return ((), commit: true)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    public func droppedRevision(of organization: String) throws(StoreError) -> Revision {
        guard Text.isStorable(organization) else { return 0 }
        return try access { db in
            let statement = try db.cachedStatement(sql: "SELECT dropped FROM organization WHERE id = ?")
            return try Revision.fetchOne(statement, arguments: [organization]) ?? 0
        }
    }
}

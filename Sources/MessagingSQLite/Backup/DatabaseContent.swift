import GRDB
import MessagingCore

/// The content of a database that its backup or restoration reports.
struct DatabaseContent {
    let organizations: Int
    /// The number of tokens that are neither revoked nor expired and whose clients exist.
    let tokens: Int
    let keys: KeyUse

    /// Reads all of it. `given` are the existing keys.
    init(_ db: Database, given: SealingKeys? = nil) throws {
        organizations = try Int.fetchOne(db, sql: "SELECT count(*) FROM organization") ?? 0
        // Up to schema version 2 a revoked token has its row, and a record of its revocation.
        tokens =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM token WHERE expires > unixepoch() AND lower(hex(digest)) NOT IN (
                        SELECT id FROM record WHERE kind = 'tokenRevocation'
                    ) AND EXISTS (
                        SELECT 1 FROM record WHERE record.organization = token.organization
                            AND record.kind = '\(DatabaseSchema.clientKind)' AND record.id = token.client
                    )
                    """
            ) ?? 0
        keys = try SQLiteStore.reduce(.openIntegration, in: db, into: KeyUse(given: given)) { $0.add($1) }
    }
}

import GRDB
public import MessagingCore

/// A backup as the source of a copy.
public final class SQLiteCopySource: CopySource {
    private let database: CopiedDatabase

    /// Opens a backup. If `isFinal` is true, its database must take no more writes. Throws one line if it cannot be used, also because another
    /// version of this program wrote it.
    public init(backup path: String, isFinal: Bool) throws(BackupError) {
        do {
            let (version, missing) = try DatabaseCheck.run(path, nil) { db in
                let missing = isFinal ? try Int.fetchOne(db, sql: WriteStop.missing) : 0
                return (try Int.fetchOne(db, sql: "PRAGMA user_version"), missing)
            }
            guard version == DatabaseSchema.version else {
                throw BackupError("its tables are those of another version: run messaging-server migrate first")
            }
            guard missing == 0 else {
                throw BackupError(
                    "its server, which is of an older version, still takes writes: restart it with this version, or stop it"
                )
            }
            var configuration = DatabaseConnection.configuration
            configuration.readonly = true
            database = CopiedDatabase(queue: try DatabaseQueue(path: path, configuration: configuration))
        } catch {
            let reason = (error as? OpenError.Reason)?.explanation ?? (error as? BackupError)?.description
            throw BackupError("cannot copy the database: \(reason ?? cause(of: error))")
        }
    }

    deinit { end() }

    public func count(of table: CopiedTable) throws(StoreError) -> Int { try database.count(of: table) }

    public func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try database.rows(of: table, after: key)
    }

    public func end() { try? database.queue.close() }
}

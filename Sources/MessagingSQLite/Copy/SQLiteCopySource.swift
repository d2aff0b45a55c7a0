import GRDB
public import MessagingCore

/// A backup as the source of a copy.
public final class SQLiteCopySource: CopySource {
    private let database: CopiedDatabase

    /// Opens a backup. Throws one line if it cannot be used, also because an older version of this program wrote it.
    public init(backup path: String) throws(BackupError) {
        do {
            let version = try DatabaseCheck.run(path, nil) { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            guard version == DatabaseSchema.version else {
                throw BackupError("its tables are those of an older version: run messaging-server migrate first")
            }
            var configuration = DatabaseConnection.configuration
            configuration.readonly = true
            database = CopiedDatabase(queue: try DatabaseQueue(path: path, configuration: configuration))
        } catch {
            let reason = (error as? OpenError.Reason)?.explanation ?? (error as? BackupError)?.description
            throw BackupError("cannot copy the database: \(reason ?? cause(of: error))")
        }
    }

    deinit { try? database.queue.close() }

    public func count(of table: CopiedTable) throws(StoreError) -> Int { try database.count(of: table) }

    public func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow] {
        try database.rows(of: table, after: key)
    }
}

import GRDB
public import MessagingCore

extension SQLiteStore {
    /// Makes the database refuse every later commit and token, also after the next start, since another store continues from here. Reads go
    /// on. Throws ``StoreError/unavailable(cause:)`` if that could not be stored.
    public func refuseWrites() throws(StoreError) {
        do {
            try write { db in
                try db.execute(sql: Self.refusal)
                return ((), commit: true)
            }
        } catch {
            throw .unavailable(cause: error.cause)
        }
    }

    private static let refusal = [
        ("commit", "UPDATE OF revision ON organization"), ("organization", "INSERT ON organization"),
        ("token", "INSERT ON token"),
    ].map { name, event in
        """
        CREATE TRIGGER IF NOT EXISTS final_\(name) BEFORE \(event)
        BEGIN SELECT RAISE(ABORT, '\(StoreError.isFinal)'); END;
        """
    }.joined(separator: "\n")
}

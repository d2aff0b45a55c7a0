import Logging
import MessagingCore
import MessagingPostgres
import MessagingSQLite

/// Opens the store of a database, which is a file or has an address of PostgreSQL. Calls `body`, and closes the store.
func withStore(_ database: String, _ body: (any Store) async throws -> Void) async throws {
    let logger = Logger(label: "store")
    if DatabaseAddress.isMeant(by: database) {
        let store = try await PostgresStore.open(DatabaseAddress(database), logger: logger)
        defer { store.close() }
        try await body(store)
    } else {
        let store = try SQLiteStore.open(path: database, logger: logger)
        try await body(store)
        await store.close()
    }
}

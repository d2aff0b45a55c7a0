import MessagingSQLite

extension String {
    /// Returns the path of a file that belongs to a database. It is beside the database file itself, even if a link names the database.
    static func beside(database: String, suffix: String) -> String {
        (SQLiteStore.resolvedPath(database) ?? database) + suffix
    }
}

import MessagingSQLite

extension String {
    /// The path of a file that belongs to a database: beside the database itself, by whatever link that was named.
    static func beside(database: String, suffix: String) -> String {
        (SQLiteStore.resolvedPath(database) ?? database) + suffix
    }
}

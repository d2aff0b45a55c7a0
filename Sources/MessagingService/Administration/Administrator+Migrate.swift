import MessagingPostgres

extension Administrator {
    /// Creates the tables of the database, or upgrades them to those of this program. `partitions` is the number of partitions that new tables
    /// of PostgreSQL get, by the hash of the organization's id; nil makes tables without. Returns the name of the database.
    ///
    /// Throws one line for the terminal if the database cannot be used, if a server has the file open, and for partitions in a file.
    public func migrate(partitions: Int? = nil) async throws(StartError) -> String {
        try engine.checkName()
        if partitions != nil, !engine.isShared {
            throw StartError("\(engine) cannot have partitions, only PostgreSQL can")
        }
        do {
            try await engine.open(missing: .create(partitions: partitions), logger: Self.silent).close()
        } catch {
            throw error as? StartError ?? StartError("\(error)")
        }
        return "\(engine)"
    }
}

import MessagingPostgres

extension Administrator {
    /// Creates the tables of the database, or upgrades them to those of this program. `partitions` is the number of partitions that new tables
    /// of PostgreSQL get, by the hash of the organization's id; nil makes tables without. Returns the name of the database.
    ///
    /// If `newEpoch` is true, the store gets a new epoch.
    ///
    /// Throws one line for the terminal if the database cannot be used, if a server has the file open, and for partitions or a new epoch of a
    /// file.
    public func migrate(partitions: Int? = nil, newEpoch: Bool = false) async throws(StartError) -> String {
        try engine.checkName()
        if partitions != nil, !engine.isShared {
            throw StartError("\(engine) cannot have partitions, only PostgreSQL can")
        }
        if newEpoch, !engine.isShared { throw StartError("\(engine) gets a new epoch from the command restore") }
        do {
            let store = try await engine.open(missing: .create(partitions: partitions), logger: Self.silent)
            do {
                if newEpoch { try await store.shared?.beginEpoch() }
                await store.close()
            } catch {
                await store.close()
                throw StartError("cannot write to \(engine): \(error)")
            }
        } catch {
            throw error as? StartError ?? StartError("\(error)")
        }
        return "\(engine)"
    }
}

import MessagingPostgres

extension Engine {
    /// Creates the engine that flags and the environment give. Throws a line for the terminal if the value is not valid, or if the flag has a
    /// password.
    package init(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        let setting = Settings.database.description
        self = try Settings.database.value(flags, environment)
        let isPooled = try Settings.databasePooler.value(flags, environment)
        guard case .postgres(let address) = self else { return }
        if address.hasPassword, flags[setting.name] != nil {
            throw StartError(
                "\(setting.flag) has a password, which other users of this machine can see: give it with PGPASSWORD, a passfile, or in "
                    + setting.variable
            )
        }
        if isPooled { self = .postgres(address.pooled) }
    }
}

import MessagingPostgres

extension Engine {
    /// Creates the engine that flags and the environment give. Throws a line for the terminal if the value is not valid, or if the flag has a
    /// password.
    package init(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        let setting = Settings.database.description
        self = try Settings.database.value(flags, environment)
        if flags[setting.name] != nil {
            try checkPassword(in: setting.flag, instead: ", a passfile, or in \(setting.variable)")
        }
        try usePooler(flags, environment)
    }

    /// Creates the engine that an argument of a command gives. Throws a line for the terminal like ``init(_:_:)``.
    package init(argument text: String, _ flags: [String: String], _ environment: Environment) throws(StartError) {
        guard let engine = Engine(text) else {
            throw StartError("the address of the database is not valid; \(Settings.database.expectation)")
        }
        self = engine
        try checkPassword(in: "the address of the database", instead: " or a passfile")
        try usePooler(flags, environment)
    }

    private func checkPassword(in place: String, instead: String) throws(StartError) {
        guard case .postgres(let address) = self, address.hasPassword else { return }
        throw StartError(
            "\(place) has a password, which other users of this machine can see: give it with PGPASSWORD\(instead)"
        )
    }

    private mutating func usePooler(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        let isPooled = try Settings.databasePooler.value(flags, environment)
        if isPooled, case .postgres(let address) = self { self = .postgres(address.pooled) }
    }
}

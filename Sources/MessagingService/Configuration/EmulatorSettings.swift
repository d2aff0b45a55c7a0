import Foundation

/// The settings of an emulator.
struct EmulatorSettings: Sendable {
    /// The token for callers on other machines; nil if only this machine creates and deletes organizations.
    let token: String?
    private let takesAnyDatabase: Bool

    /// Reads the settings. Returns nil for a server that is no emulator. Throws a line for the terminal if a value is not valid.
    init?(_ flags: [String: String], _ environment: Environment) throws(StartError) {
        token = try Settings.emulatorToken.value(flags, environment)
        takesAnyDatabase = try Settings.emulatorAnyway.value(flags, environment)
        guard try Settings.emulator.value(flags, environment) else { return nil }
    }

    /// Returns the engine: that of the given database, or one in memory. Throws a line for the terminal for PostgreSQL, since an emulator is
    /// one server.
    func engine(_ flags: [String: String], _ environment: Environment) throws(StartError) -> Engine {
        let setting = Settings.database.description
        guard flags[setting.name] != nil || environment[setting] != nil else { return .memory }
        let engine = try Engine(flags, environment)
        if engine.isShared {
            throw StartError("an emulator keeps its database in memory or in a file, and not on \(engine)")
        }
        return engine
    }

    /// Marks a database as that of an emulator. Throws a line for the terminal if another server has used it.
    func claim(_ engine: Engine) throws(StartError) {
        guard let mark = engine.beside(".emulator"), !FileManager.default.fileExists(atPath: mark) else { return }
        guard takesAnyDatabase || !engine.isThere else {
            throw StartError(
                "\(engine) was used without --emulator, and an emulator deletes organizations: give another file, or --emulator-anyway"
            )
        }
        guard FileManager.default.createFile(atPath: mark, contents: Data(), attributes: [.posixPermissions: 0o600])
        else {
            throw StartError("cannot write \(mark)")
        }
    }
}

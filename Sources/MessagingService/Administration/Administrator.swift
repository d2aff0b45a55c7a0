import Logging
public import MessagingContract
import MessagingCore
import MessagingSQLite

/// Runs administration commands on a database from outside of its server: through the server's socket while one runs, on the
/// file itself while none does.
public struct Administrator: Sendable {
    let database: String
    let socket: String?
    let environment: Environment

    /// For the database at this path, whose encryption keys may be in the environment. Its server listens at `socket`, or beside the
    /// database.
    public init(database: String, socket: String? = nil, _ environment: Environment = Environment()) {
        self.database = database
        self.socket = socket
        self.environment = environment
    }

    /// The answer to a command. Throws one line for the terminal. `progress` gets how much of how much is done of a command that takes
    /// long.
    ///
    /// Only creating or importing an organization makes a database where there is none, and not when the command is refused. A database that
    /// is in use by a process that does not listen, a server that starts or stops or another command, is waited for up to two seconds.
    public func run(
        _ request: AdministrationRequest,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(StartError) -> JSON {
        let makesDatabase = [.createOrganization, .importOrganization].contains(request.command)
        if database.isEmpty { throw StartError("the path of the database is empty") }
        let isThere = SQLiteStore.isDatabase(at: database)
        guard isThere || makesDatabase else { throw StartError("there is no database at \(database)") }
        let socket = try AdministrationSocket.path(database: database, given: socket)
        if !isThere { try await rehearse(request) }
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(2))
        while true {
            do {
                return try await runAlone(request, progress)
            } catch let error as OpenError where error.isInUse {
                var request = request
                request.database = DatabaseID(database)?.text
                let answer = try await AdministrationSocket.ask(socket, request) { progress($0, $1) }
                if let answer { return answer }
                guard clock.now < end else {
                    let setting = Settings.socket.description
                    throw StartError(
                        "\(error), and no server listens on the socket \(socket): if it is a server with another one, give it with "
                            + "\(setting.flag) or \(setting.variable)"
                    )
                }
                try? await clock.sleep(for: .milliseconds(20))
            } catch {
                throw error as? StartError ?? StartError("\(error)")
            }
        }
    }

    /// Runs a command on the file itself. Nothing is dropped from the history, since a command does not know the time as a server does that
    /// ran all along. Throws an ``OpenError`` when the database cannot be opened.
    private func runAlone(
        _ request: AdministrationRequest,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> JSON {
        if request.command == .backup {
            let file = request.file ?? ""
            return try await Backup.run(of: database, to: file) { progress($0.done, $0.total) }.json(file)
        }
        let (limits, newKey) = (try limits, SealingKeys.make())
        let store = try SQLiteStore.open(path: database, logger: Self.silent)
        let organizations = Organizations(store: store, limits: limits)
        return try await run(request, progress, store, organizations) { () async throws(APIError) -> OpenIntegrations in
            do {
                let found = try await keyRing.found(for: store, logger: Self.silent)
                guard let keys = found ?? SealingKeys(newKey) else { throw StartError("cannot make an encryption key") }
                return OpenIntegrations(organizations: organizations, keys: keys)
            } catch {
                throw .badRequest("\(error)")
            }
        } keepingKeys: { () throws(APIError) in
            do { try keyRing.keep(newKey) } catch { throw .badRequest("\(error)") }
        }
    }

    /// Runs a command on an empty database in memory. Throws what the command throws there.
    private func rehearse(_ request: AdministrationRequest) async throws(StartError) {
        let limits = try limits
        let store: SQLiteStore
        do {
            store = try SQLiteStore.inMemory(logger: Self.silent)
        } catch {
            throw StartError("\(error)")
        }
        let organizations = Organizations(store: store, limits: limits)
        _ = try await run(request, { _, _ in }, store, organizations) { () throws(APIError) -> OpenIntegrations in
            OpenIntegrations(organizations: organizations, keys: SealingKeys())
        } keepingKeys: {
        }
    }

    /// Runs a command on a store, which is then closed.
    private func run(
        _ request: AdministrationRequest,
        _ progress: @escaping @Sendable (Int, Int) -> Void,
        _ store: SQLiteStore,
        _ organizations: Organizations,
        _ integrations: @escaping @Sendable () async throws(APIError) -> OpenIntegrations,
        keepingKeys keepKeys: @escaping @Sendable () throws(APIError) -> Void
    ) async throws(StartError) -> JSON {
        let administration = Administration(
            store: store,
            organizations: organizations,
            integrations: integrations,
            keepKeys: keepKeys
        )
        var log: Logger.Metadata = [:]
        do throws(APIError) {
            let answer = try await administration.run(request, log: &log) { progress($0, $1) }
            await store.close()
            return answer
        } catch {
            await store.close()
            throw StartError(error.cause ?? error.message)
        }
    }

    /// The limits that a server has by the same environment.
    private var limits: OrganizationLimits {
        get throws(StartError) { try OrganizationLimits([:], environment) }
    }

    private var keyRing: KeyRing {
        get throws(StartError) {
            KeyRing(
                file: SealingKeyFile(database: database, logger: Self.silent),
                given: try Settings.encryptionKey.value([:], environment),
                acceptsLostSecrets: try Settings.acceptLostSecrets.value([:], environment)
            )
        }
    }

    static let silent = Logger(label: "messaging.sqlite") { _ in SwiftLogNoOpLogHandler() }
}

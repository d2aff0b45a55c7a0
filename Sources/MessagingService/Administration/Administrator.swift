import Logging
import MessagingContract
import MessagingCore
import MessagingPostgres
import MessagingSQLite

/// A runner of administration commands from outside of the server: through the socket of a running server, and otherwise on the database
/// itself.
public struct Administrator: Sendable {
    let engine: Engine
    let socket: String?
    let environment: Environment

    /// Creates a runner for the database of this engine. Its encryption keys may be in the environment. Its server listens at `socket`, or
    /// for nil where the engine names it.
    package init(_ engine: Engine, socket: String? = nil, _ environment: Environment = Environment()) {
        self.engine = engine
        self.socket = socket
        self.environment = environment
    }

    /// Runs a command and returns its response. Throws one line for the terminal. `progress` receives the finished pages and all pages of a
    /// backup.
    ///
    /// Only creating or importing an organization creates a missing database, and only if the command is not refused. The command waits up
    /// to two seconds for a database that another process has open without listening: a server that starts or stops, or another command.
    public func run<Parameters, Body, Response>(
        _ command: AdministrationCommand<Parameters, Body, Response>,
        _ parameters: Parameters,
        _ body: Body,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(StartError) -> Response {
        try engine.checkName()
        let isThere = engine.isThere
        guard isThere || command.makesDatabase else { throw StartError("there is no database at \(engine)") }
        let socket = try AdministrationSocket.path(of: engine, given: socket)
        let work = { @Sendable (administration: Administration) async throws(APIError) -> Response in
            let contextID = administration.organizations.surroundings.makeID()
            var run = CommandRun(command.name, contextID: contextID) { progress($0, $1) }
            return try await command.run(administration, parameters, body, &run)
        }
        if !isThere { try await rehearse(work) }
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(2))
        while true {
            do {
                if let onFile = command.onFile,
                    let response = try await onFile(try engine.file(for: command.name), body, progress)
                {
                    return response
                }
                return try await runAlone(work, makesDatabase: command.makesDatabase)
            } catch let error as OpenError where error.isInUse {
                guard let socket else { throw StartError("\(error)") }
                let client = AdministrationClient(socket: socket)
                let answer = try await client.call(command.endpoint, parameters, body, database: engine.databaseID) {
                    progress($0, $1)
                }
                if let answer { return answer }
                guard clock.now < end else {
                    let setting = Settings.socket.description
                    throw StartError(
                        "\(error), and no server listens on the socket \(socket): if the server has another socket, give its path with "
                            + "\(setting.flag) or \(setting.variable)"
                    )
                }
                try? await clock.sleep(for: .milliseconds(20))
            } catch {
                throw error as? StartError ?? StartError("\(error)")
            }
        }
    }

    private typealias Work<Response> = @Sendable (Administration) async throws(APIError) -> Response

    /// Runs a command on the database itself. It drops nothing from the history, since only a running server has a reliable time. Throws an
    /// ``OpenError`` if the database cannot be opened.
    private func runAlone<Response>(_ work: Work<Response>, makesDatabase: Bool) async throws -> Response {
        let (limits, newKey) = (try limits, SealingKeys.make())
        let missing = makesDatabase ? MissingTables.create(partitions: nil) : .refuse
        let store = try await engine.open(missing: missing, logger: Self.silent)
        let organizations = Organizations(store: store.store, limits: limits)
        return try await run(work, store, organizations) { () async throws(APIError) -> OpenIntegrations in
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

    /// Runs a command on an empty database in memory. Throws the errors of the command.
    private func rehearse<Response>(_ work: Work<Response>) async throws(StartError) {
        let limits = try limits
        let store: OpenStore
        do {
            store = try await Engine.memory.open(logger: Self.silent)
        } catch {
            throw StartError("\(error)")
        }
        let organizations = Organizations(store: store.store, limits: limits)
        _ = try await run(work, store, organizations) { () throws(APIError) -> OpenIntegrations in
            OpenIntegrations(organizations: organizations, keys: SealingKeys())
        } keepingKeys: {
        }
    }

    /// Runs a command on a store, and then closes the store.
    private func run<Response>(
        _ work: Work<Response>,
        _ store: OpenStore,
        _ organizations: Organizations,
        _ integrations: @escaping @Sendable () async throws(APIError) -> OpenIntegrations,
        keepingKeys keepKeys: @escaping @Sendable () throws(APIError) -> Void
    ) async throws(StartError) -> Response {
        let administration = Administration(
            store: store,
            organizations: organizations,
            integrations: integrations,
            keepKeys: keepKeys
        )
        do throws(APIError) {
            let answer = try await work(administration)
            await store.close()
            return answer
        } catch {
            await store.close()
            throw StartError(error.cause ?? error.message)
        }
    }

    /// Returns the limits of a server with the same environment.
    private var limits: OrganizationLimits {
        get throws(StartError) { try OrganizationLimits([:], environment) }
    }

    private var keyRing: KeyRing {
        get throws(StartError) {
            KeyRing(
                file: SealingKeyFile(of: engine, logger: Self.silent),
                given: try Settings.encryptionKey.value([:], environment),
                acceptsLostSecrets: try Settings.acceptLostSecrets.value([:], environment)
            )
        }
    }

    static let silent = Logger(label: "messaging.sqlite") { _ in SwiftLogNoOpLogHandler() }
}

import HTTPTypes
import Logging
import MessagingContract
import MessagingServer

/// The routes of a running server to the commands of the administration. Each request writes a log line.
struct AdministrationRoutes: Sendable {
    let administration: Administration
    /// The engine of the server. A request for another database is refused.
    let engine: Engine
    let logger: Logger
    /// The commands that run now.
    let running = RunningCommands()

    /// The routes of all commands.
    var all: Routes {
        var routes = Routes(of: APIOperation.administration)
        add(AdministrationCommands.listOrganizations, to: &routes)
        add(AdministrationCommands.createOrganization, to: &routes)
        add(AdministrationCommands.listClients, to: &routes)
        add(AdministrationCommands.createClient, to: &routes)
        add(AdministrationCommands.rotateClient, to: &routes)
        add(AdministrationCommands.deleteClient, to: &routes)
        add(AdministrationCommands.backup, to: &routes)
        add(AdministrationCommands.exportOrganization, to: &routes)
        add(AdministrationCommands.importOrganization, to: &routes)
        return routes
    }

    private func add<Parameters, Body, Response>(
        _ command: AdministrationCommand<Parameters, Body, Response>,
        to routes: inout Routes
    ) {
        routes.on(command.endpoint) { (parameters, body, call) throws(APIError) in
            try await running.run { await run(command, parameters, body, call).map { Reply($0) } }.get()
        }
    }

    private func run<Parameters, Body, Response>(
        _ command: AdministrationCommand<Parameters, Body, Response>,
        _ parameters: Parameters,
        _ body: Body,
        _ call: Call
    ) async -> Result<Response, APIError> {
        let reports = ProgressReports(call.request)
        var run = CommandRun(command.name, contextID: call.contextID, progress: reports.report)
        do throws(APIError) {
            if let asked = call.request.values(of: .database).first, let own = engine.databaseID, asked != own {
                throw .badRequest(
                    "the server at this socket has another database: give the socket of the right server with --socket"
                )
            }
            try await reports.begin()
            let response = try await command.run(administration, parameters, body, &run)
            logger.notice("Ran an administration command", metadata: run.log)
            return .success(response)
        } catch {
            run.log["reason"] = .string(error.code)
            logger.notice("Refused an administration command", metadata: run.log)
            return .failure(error)
        }
    }
}

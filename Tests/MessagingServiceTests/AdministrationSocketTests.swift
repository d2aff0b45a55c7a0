import Foundation
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

@testable import MessagingService

/// Calls through a socket in a directory of their own.
@Suite(.generousLimit) struct AdministrationSocketTests {
    private struct Served {
        let client: AdministrationClient
        let organizations: Organizations
        let engine: Engine
        let directory: String
    }

    private static func serve(_ body: @Sendable (Served) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "\(UUID())".prefix(8)).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let engine = Engine.file(directory + "/m")
        let store = try await engine.open(logger: .silent)
        let organizations = Organizations(store: store.store)
        let integrations = OpenIntegrations(organizations: organizations, keys: SealingKeys())
        let administration = Administration(store: store, organizations: organizations) { integrations }
        let routes = AdministrationRoutes(administration: administration, engine: engine, logger: .silent)
        let path = directory + "/s"
        let responder = Responder(routes.all, identity: nil, in: .system, logger: .silent)
        let socket = try await AdministrationSocket(
            path: path,
            responder: responder,
            commands: RunningCommands(),
            logger: .silent
        )
        let client = AdministrationClient(socket: path)
        let running = Task { try await socket.run() }
        do {
            try await body(
                Served(client: client, organizations: organizations, engine: engine, directory: directory)
            )
        } catch {
            Issue.record(error)
        }
        running.cancel()
        _ = await running.result
        await store.close()
    }

    @Test func anOperationIsCalledThroughTheSocket() async throws {
        try await Self.serve { served in
            let id = try await served.organizations.create(name: "n", by: .server("test", contextID: "x")).id
            let list = try await served.client.call(
                AdministrationEndpoints.listOrganizations,
                NoParameters(),
                NoBody(),
                database: served.engine.databaseID
            ) { _, _ in }
            #expect(list?.entities == [NamedEntity(id: id, name: "n")])
        }
    }

    @Test func aRefusalIsThrownInItsOwnWords() async throws {
        try await Self.serve { served in
            await #expect(throws: StartError("there is no client x")) {
                try await served.client.call(
                    AdministrationEndpoints.deleteClient,
                    EntityID("x"),
                    NoBody(),
                    database: nil
                ) { _, _ in }
            }
        }
    }

    @Test func aServerWithAnotherDatabaseRefusesTheRequest() async throws {
        try await Self.serve { served in
            await #expect(
                throws: StartError(
                    "the server at this socket has another database: give the socket of the right server with --socket"
                )
            ) {
                try await served.client.call(
                    AdministrationEndpoints.createOrganization,
                    NoParameters(),
                    OrganizationRequest(name: "n"),
                    database: Engine.file(served.directory).databaseID
                ) { _, _ in }
            }
            let made = try await served.organizations.identifiers()
            #expect(made.isEmpty)
        }
    }

    @Test func aBackupReportsItsProgress() async throws {
        try await Self.serve { served in
            _ = try await served.organizations.create(name: "n", by: .server("test", contextID: "x"))
            try await confirmation(expectedCount: 1...) { progress in
                let report = try await served.client.call(
                    AdministrationEndpoints.backup,
                    NoParameters(),
                    BackupRequest(file: served.directory + "/b"),
                    database: nil
                ) { done, total in
                    #expect(0 < done && done <= total)
                    progress()
                }
                #expect(report?.organizations == 1)
            }
        }
    }

    @Test func withoutAServerThereIsNoResponse() async throws {
        let client = AdministrationClient(socket: FileManager.default.temporaryDirectory.path + "/none")
        let list = try await client.call(
            AdministrationEndpoints.listOrganizations,
            NoParameters(),
            NoBody(),
            database: nil
        ) { _, _ in }
        #expect(list == nil)
    }
}

import Foundation
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingService

/// Imports on a store in memory.
@Suite struct ImportTests {
    private static func administration() async throws -> Administration {
        let store = try await Engine.memory.open(logger: .silent)
        let organizations = Organizations(store: store.store)
        let integrations = OpenIntegrations(organizations: organizations, keys: SealingKeys())
        return Administration(store: store, organizations: organizations) { integrations }
    }

    private static func run(_ request: ImportRequest, _ administration: Administration) async throws -> ImportReport {
        var run = CommandRun("import", contextID: "x")
        return try await administration.importOrganization(request, &run)
    }

    /// A request to import a small document, whose file `body` may use.
    private static func withDocument(_ body: (ImportRequest) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        var document = OrganizationDocument()
        document.organization.id = "o"
        document.organization.name = "n"
        try Data(document.json.bytes).write(to: file)
        try await body(ImportRequest(file: file.path))
    }

    @Test func thereIsOneImportAtATime() async throws {
        let administration = try await Self.administration()
        try await Self.withDocument { request in
            #expect(administration.documents.take())
            do {
                _ = try await Self.run(request, administration)
                Issue.record("a second import ran")
            } catch let error as APIError {
                #expect(error.message == "another document is being imported or exported; try again when that is done")
            }
            administration.documents.giveBack()
            #expect(try await Self.run(request, administration).id == "o")
            await #expect(throws: APIError.self) { try await Self.run(request, administration) }
            var another = request
            another.newID = true
            #expect(try await Self.run(another, administration).name == "n")
        }
    }

    @Test func aServerThatStopsDoesNotWaitForAnImport() async throws {
        let administration = try await Self.administration()
        try await Self.withDocument { request in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await Self.run(request, administration)
            }
            task.cancel()
            do {
                _ = try await task.value
                Issue.record("a document was imported")
            } catch let error as APIError {
                #expect(error.message == "the server is stopping; nothing was imported")
            }
            #expect(try await administration.organizations.isEmpty())
            #expect(try await Self.run(request, administration).id == "o")
        }
    }

    /// This includes documents that the database refuses, and one that is refused only after a key is needed.
    @Test func aCommandThatImportsNothingMakesNoKey() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (database, key) = (directory + "/m.sqlite", directory + "/m.sqlite.key")
        let administrator = Administrator(.file(database))
        let creation = OrganizationRequest(name: "n")
        let id = try await administrator.run(AdministrationCommands.createOrganization, NoParameters(), creation).id
        var document = OrganizationDocument()
        document.organization.name = "n"

        func run(_ document: OrganizationDocument) async throws -> ImportReport {
            let request = ImportRequest(file: directory + "/document.json")
            try Data(document.json.bytes).write(to: URL(fileURLWithPath: request.file))
            return try await administrator.run(AdministrationCommands.importOrganization, NoParameters(), request)
        }
        document.organization.id = id
        await #expect(throws: StartError.self) { try await run(document) }
        document.organization.id = "other"
        var reference = OrganizationDocument.Defaults()
        reference.setting = "unknown"
        document.defaults = reference
        await #expect(throws: StartError.self) { try await run(document) }
        let export = ExportRequest(file: directory + "/export.json", withSecrets: true)
        _ = try await administrator.run(AdministrationCommands.exportOrganization, NoParameters(), export)
        #expect(!FileManager.default.fileExists(atPath: key))
        document.defaults = nil
        #expect(try await run(document).id == "other")
        #expect(FileManager.default.fileExists(atPath: key))
    }
}

import Foundation
import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite
import Testing

@testable import MessagingService

/// Imports on a store in memory.
@Suite struct ImportTests {
    private static func administration() throws -> Administration {
        let store = try SQLiteStore.inMemory()
        let organizations = Organizations(store: store)
        let integrations = OpenIntegrations(organizations: organizations, keys: SealingKeys())
        return Administration(store: store, organizations: organizations) { integrations }
    }

    private static func run(_ request: AdministrationRequest, _ administration: Administration) async throws -> JSON {
        var log: Logger.Metadata = [:]
        return try await administration.run(request, log: &log) { _, _ in }
    }

    /// A request to import a small document, whose file `body` may use.
    private static func withDocument(_ body: (AdministrationRequest) async throws -> Void) async throws {
        var request = AdministrationRequest(.importOrganization)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        request.file = file.path
        var document = OrganizationDocument()
        document.organization.id = "o"
        document.organization.name = "n"
        try Data(document.json.bytes).write(to: file)
        try await body(request)
    }

    @Test func thereIsOneImportAtATime() async throws {
        let administration = try Self.administration()
        try await Self.withDocument { request in
            #expect(administration.documents.take())
            do {
                _ = try await Self.run(request, administration)
                Issue.record("a second import ran")
            } catch let error as APIError {
                #expect(error.message == "another document is being imported or exported; try again when that is done")
            }
            administration.documents.giveBack()
            #expect(try await Self.run(request, administration)["id"] == "o")
            await #expect(throws: APIError.self) { try await Self.run(request, administration) }
            var another = request
            another.newID = true
            #expect(try await Self.run(another, administration)["name"] == "n")
        }
    }

    @Test func aServerThatStopsDoesNotWaitForAnImport() async throws {
        let administration = try Self.administration()
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
                #expect(error.message == "the server stops; nothing was imported")
            }
            #expect(try await administration.organizations.identifiers().isEmpty)
            #expect(try await Self.run(request, administration)["id"] == "o")
        }
    }
}

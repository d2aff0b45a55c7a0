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

    @Test func thereIsOneImportAtATime() async throws {
        let administration = try Self.administration()
        var request = AdministrationRequest(.importOrganization)
        request.file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
        defer { try? FileManager.default.removeItem(atPath: request.file ?? "") }
        var document = OrganizationDocument()
        document.organization.id = "o"
        document.organization.name = "n"
        try Data(document.json.bytes).write(to: URL(filePath: request.file ?? ""))

        #expect(administration.importing.take())
        do {
            _ = try await Self.run(request, administration)
            Issue.record("a second import ran")
        } catch let error as APIError {
            #expect(error.message == "another document is being imported; try again when that is done")
        }
        administration.importing.giveBack()
        #expect(try await Self.run(request, administration)["id"] == "o")
        await #expect(throws: APIError.self) { try await Self.run(request, administration) }
        request.newID = true
        #expect(try await Self.run(request, administration)["name"] == "n")
    }
}

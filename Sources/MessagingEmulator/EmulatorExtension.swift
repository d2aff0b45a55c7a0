package import MessagingContract
package import MessagingCore
package import MessagingServer
import Synchronization

/// The part of a server that makes it an emulator: organizations for tests, whose content is replaced and reset as a whole.
package final class EmulatorExtension: ServerExtension {
    package let operations = APIOperation.emulator

    private let access: EmulatorAccess
    private let parts = Mutex<EmulatedOrganizations?>(nil)

    /// Creates an emulator. Callers on other machines create and delete organizations with this token; without one they cannot.
    package init(token: String? = nil) { access = EmulatorAccess(token: token) }

    package func addRoutes(
        to routes: inout Routes,
        _ organizations: Organizations,
        _ identity: Identity,
        _ integrations: OpenIntegrations
    ) {
        let content = OrganizationContent(organizations, integrations)
        let emulated = EmulatedOrganizations(organizations, identity, content)
        parts.withLock { $0 = emulated }
        routes.addOrganizations(emulated, access)
        routes.addState(organizations, content)
        routes.addSnapshots(Snapshots(organizations, completingAfter: integrations.delay))
    }

    /// Reads the organizations that were created for tests and are in the store already. Call it before the first request.
    package func load() async throws(APIError) { try await parts.withLock { $0 }?.load() }

    /// Deletes the organizations whose lifetime is over. Call it about once a second.
    package func sweep() async throws(APIError) { try await parts.withLock { $0 }?.sweep() }
}

import Foundation
import MessagingSDK
import Testing

@Suite struct EmulatorTests {
    private struct Failure: Error {}

    private static func organizations(of server: ServerProgram) async throws -> [EmulatedOrganization] {
        let client = MessagingClient(baseURL: server.url, credentials: server.credentials)
        return try await client.call(EmulatorEndpoints.listOrganizations, NoParameters()).value.entities
    }

    @Test func anOrganizationLastsAsLongAsItsTest() async throws {
        try await ServerProgram.run(["--emulator"]) { server in
            let emulator = Emulator(server.url)
            let state = try await emulator.withOrganization { messaging in
                try await messaging.settings.create(MessagingSettingRequest(name: "Support"))
                #expect(try await Self.organizations(of: server).count == 1)
                return try await messaging.call(EmulatorEndpoints.state, NoParameters()).value
            }
            #expect(try await Self.organizations(of: server).isEmpty)
            try await emulator.withOrganization(seed: state) { messaging in
                try await messaging.settings.create(MessagingSettingRequest(name: "Sales"))
                _ = try await messaging.call(EmulatorEndpoints.reset, NoParameters())
                #expect(try await messaging.settings.list().entities.map(\.name) == ["Support"])
            }
            await #expect(throws: Failure.self) {
                try await emulator.withOrganization { _ in throw Failure() }
            }
            #expect(try await Self.organizations(of: server).isEmpty)
        }
    }

    @Test func aSeedThatIsNoDocumentIsRefused() async throws {
        try await ServerProgram.run(["--emulator"]) { server in
            let error = await #expect(throws: MessagingError.self) {
                try await Emulator(server.url).withOrganization(seed: OrganizationState(["format": "other"])) { _ in }
            }
            #expect(error?.status == 400)
            let rest = try await Self.organizations(of: server)
            #expect(rest.isEmpty)
        }
    }
}

// The example of a test, as README.md and the documentation show it.
// snippet.test
import MessagingSDK
import MessagingTesting
import Testing

@Test func aSettingIsCreated() async throws {
    try await withMessagingServer { client in
        let setting = try await client.settings.create(MessagingSettingRequest(name: "Support"))
        #expect(setting.version == "1")
    }
}
// snippet.end

import MessagingSDK
import MessagingTesting
import Testing

@Suite struct IntegrationTests {
    private static func request(_ name: String) -> OpenIntegrationRequest {
        OpenIntegrationRequest(
            name: name,
            outboundNotificationWebhookUrl: "https://messaging.example.com/\(name)",
            outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef",
            webhookHeaders: ["X-Key": "v"]
        )
    }

    @Test func anIntegrationIsCreatedChangedAndDeleted() async throws {
        try await withMessagingServer { client in
            let made = try await client.integrations.open.create(Self.request("a"))
            #expect(made.createStatus == .initiated)
            #expect(made.outboundNotificationWebhookSignatureSecretToken == "0123456789abcdef")
            let completed = try await completedIntegration(made.id, in: client)
            #expect(completed.status == "active")
            #expect(completed.recipient?.id?.isEmpty == false)
            #expect(completed.outboundNotificationWebhookSignatureSecretToken == nil)
            #expect(completed.webhookHeaders == ["X-Key": "v"])

            let setting = try await client.settings.create(MessagingSettingRequest(name: "s"))
            var patch = Patch<OpenIntegrationRequest>()
            patch.name = .set("b")
            patch.webhookHeaders = .clear
            patch.messagingSetting = .set(MessagingSettingRequestReference(id: setting.id))
            let changed = try await client.integrations.open.update(made.id, patch)
            #expect(changed.name == "b")
            #expect(changed.webhookHeaders == nil)
            #expect(changed.messagingSetting?.id == setting.id)
            #expect(changed.outboundNotificationWebhookUrl == "https://messaging.example.com/a")
            let expanded = try await client.integrations.open.get(made.id, expand: .messagingSetting)
            #expect(expanded.messagingSetting == MessagingSettingReference(setting))

            let refused = await #expect(throws: MessagingError.self) { try await client.settings.delete(setting.id) }
            #expect(refused?.status == 400)
            #expect(refused?.body?.details.first?.entityId == made.id)
            try await client.integrations.open.delete(made.id)
            try await client.settings.delete(setting.id)
            let gone = await #expect(throws: MessagingError.self) { try await client.integrations.open.get(made.id) }
            #expect(gone?.status == 404)
        }
    }

    @Test func listsAreFilteredAndWalked() async throws {
        try await withMessagingServer { client in
            let profile = try await client.supportedContent.create(SupportedContentRequest(name: "p"))
            var ids: [String] = []
            for index in 0..<5 {
                var request = Self.request("n\(index)")
                if index > 1 { request.supportedContent = SupportedContentReference(id: profile.id) }
                ids.append(try await client.integrations.open.create(request).id)
            }
            var open: [String] = []
            for try await integration in client.integrations.open.all(pageSize: 2) { open.append(integration.id) }
            #expect(open == ids)
            var some: [String] = []
            for try await row in client.integrations.all(pageSize: 2, supportedContentID: profile.id) {
                #expect(row.messengerType == .open)
                some.append(row.id)
            }
            #expect(some == Array(ids.dropFirst(2)))
            let page = try await client.integrations.list(expand: [.supportedContent, .messagingSetting])
            #expect(page.total == 5)
            #expect(page.entities.last?.supportedContent?.name == "p")
            let list = try await client.integrations.open.list(
                expand: .supportedContent,
                supportedContentID: profile.id
            )
            #expect(list.entities.map(\.supportedContent?.name) == ["p", "p", "p"])
        }
    }

    @Test func usageReportsTheDefaultAndTheIntegrations() async throws {
        try await withMessagingServer { client in
            let setting = try await client.settings.create(MessagingSettingRequest(name: "s"))
            let none = try await client.settings.usage(setting.id)
            #expect((none.isDefault, none.integrations.total) == (false, 0))
            try await client.settings.setDefault(setting.id)
            let made = try await client.integrations.open.create(Self.request("a"))
            try await client.integrations.open.create(Self.request("b"))
            let usage = try await client.settings.usage(setting.id, pageSize: 1)
            #expect((usage.isDefault, usage.integrations.total) == (true, 2))
            #expect(usage.integrations.entities.map(\.id) == [made.id])
            #expect(usage.integrations.entities.map(\.name) == ["a"])
            #expect(usage.integrations.entities.map(\.selfUri) == [made.selfUri])
            #expect(
                usage.integrations.nextUri == "/platform/v1/settings/\(setting.id)/usage?pageSize=1&pageNumber=2"
            )
            let profile = try #require(try await client.supportedContent.default())
            #expect(try await client.supportedContent.usage(profile.id).integrations.total == 2)
            let gone = await #expect(throws: MessagingError.self) { try await client.supportedContent.usage("gone") }
            #expect(gone?.status == 404)
        }
    }
}

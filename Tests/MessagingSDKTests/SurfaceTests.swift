import MessagingSDK
import MessagingTesting
import Testing

/// Each method of the modern surface sends the request of its operation.
@Suite(.generousLimit) struct SurfaceTests {
    struct Case: Sendable {
        let operation: String
        let call: @Sendable (MessagingClient) async throws -> Void

        init(_ operation: String, _ call: @escaping @Sendable (MessagingClient) async throws -> Void) {
            (self.operation, self.call) = (operation, call)
        }
    }

    private static let integration = OpenIntegrationRequest(
        name: "n",
        outboundNotificationWebhookUrl: "https://messaging.example.com",
        outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef"
    )

    static let cases: [Case] = [
        Case("getConversationsMessagingSettings") { _ = try await $0.settings.list() },
        Case("postConversationsMessagingSettings") { try await $0.settings.create(MessagingSettingRequest(name: "n")) },
        Case("getConversationsMessagingSetting") { _ = try await $0.settings.get("a") },
        Case("patchConversationsMessagingSetting") { try await $0.settings.update("a", .keep) },
        Case("deleteConversationsMessagingSetting") { try await $0.settings.delete("a") },
        Case("getConversationsMessagingSettingsDefault") { _ = try await $0.settings.default() },
        Case("putConversationsMessagingSettingsDefault") { try await $0.settings.setDefault("a") },
        Case("deleteConversationsMessagingSettingsDefault") { try await $0.settings.clearDefault() },
        Case("getPlatformSettingsUsage") { _ = try await $0.settings.usage("a") },
        Case("postPlatformSettingsRestorations") { try await $0.settings.restore("a") },
        Case("getConversationsMessagingSupportedcontent") { _ = try await $0.supportedContent.list() },
        Case("postConversationsMessagingSupportedcontent") {
            try await $0.supportedContent.create(SupportedContentRequest(name: "n"))
        },
        Case("getConversationsMessagingSupportedcontentSupportedContentId") {
            _ = try await $0.supportedContent.get("a")
        },
        Case("patchConversationsMessagingSupportedcontentSupportedContentId") {
            try await $0.supportedContent.update("a", .keep)
        },
        Case("deleteConversationsMessagingSupportedcontentSupportedContentId") {
            try await $0.supportedContent.delete("a")
        },
        Case("getConversationsMessagingSupportedcontentDefault") { _ = try await $0.supportedContent.default() },
        Case("putConversationsMessagingSupportedcontentDefault") { try await $0.supportedContent.setDefault("a") },
        Case("getPlatformSupportedcontentUsage") { _ = try await $0.supportedContent.usage("a") },
        Case("postPlatformSupportedcontentRestorations") { try await $0.supportedContent.restore("a") },
        Case("postPlatformSupportedcontentDecisions") { _ = try await $0.decisions.decide("a", .inbound, []) },
        Case("postPlatformSupportedcontentSimulations") {
            _ = try await $0.simulations.run("a", on: AttachmentLog([], format: .csv))
        }, Case("getConversationsMessagingIntegrations") { _ = try await $0.integrations.list() },
        Case("getConversationsMessagingIntegrationsOpen") { _ = try await $0.integrations.open.list() },
        Case("postConversationsMessagingIntegrationsOpen") { try await $0.integrations.open.create(integration) },
        Case("getConversationsMessagingIntegrationsOpenIntegrationId") { _ = try await $0.integrations.open.get("a") },
        Case("patchConversationsMessagingIntegrationsOpenIntegrationId") {
            try await $0.integrations.open.update("a", .keep)
        },
        Case("deleteConversationsMessagingIntegrationsOpenIntegrationId") {
            try await $0.integrations.open.delete("a")
        },
        Case("postPlatformIntegrationsRestorations") { try await $0.integrations.open.restore("a") },
        Case("getPlatformChanges") { _ = try await $0.changes.list() },
        Case("getOrganizationsMe") { _ = try await $0.organization() }, Case("getUsersMe") { _ = try await $0.user() },
        Case("getTokensMe") { _ = try await $0.token() },
    ]

    @Test func eachMethodSendsTheRequestOfItsOperation() async throws {
        try await ScriptedHost.run({ _, request in
            request.method == "DELETE" ? .response(204, "") : .response(200, #"{"id":"a","entities":[]}"#)
        }) { host in
            let client = host.client()
            for expected in Self.cases {
                let operation = try #require(APIOperation.all.first { $0.id == expected.operation })
                try? await expected.call(client)
                let request = try #require(host.requests.last)
                let path = request.target.prefix { $0 != "?" }
                #expect("\(request.method) \(path)" == "\(operation.method) \(operation.target(["a"]))")
            }
            #expect(host.requests.count == Self.cases.count)
        }
    }

    @Test func thereIsAMethodForEachOperation() {
        let wanted = APIOperation.all.filter {
            $0.successor == nil && ($0.path.hasPrefix("/api/v2/conversations/") || $0.path.hasPrefix("/platform/"))
        }
        #expect(Set(wanted.map(\.id)).isSubset(of: Self.cases.map(\.operation)))
        #expect(Set(Self.cases.map(\.operation)).count == Self.cases.count)
    }
}

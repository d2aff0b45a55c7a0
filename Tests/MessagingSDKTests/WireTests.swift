import Foundation
import HTTPTypes
import MessagingSDK
import MessagingTesting
import Testing

/// The requests of the 13 operations of the vendor's page, as the page states them.
@Suite(.generousLimit) struct WireTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let line: String
        let body: JSON?
        let call: @Sendable (MessagingAPI) async throws -> Void

        var testDescription: String { name }

        init(
            _ name: String,
            _ line: String,
            _ body: JSON? = nil,
            _ call: @escaping @Sendable (MessagingAPI) async throws -> Void
        ) {
            (self.name, self.line, self.body, self.call) = (name, line, body, call)
        }
    }

    private static let settings = "/api/v2/messaging/settings"
    private static let profiles = "/api/v2/messaging/supportedcontent"
    private static let setting = MessagingSettingRequest(
        name: "n",
        content: ContentSetting(story: StorySetting(mention: InboundOnlySetting(inbound: .enabled))),
        event: EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .disabled)))
    )
    private static let settingBody: JSON = [
        "name": "n", "content": ["story": ["mention": ["inbound": "Enabled"]]],
        "event": ["typing": ["on": ["inbound": "Disabled"]]],
    ]
    private static let profile = SupportedContentRequest(
        name: "p",
        mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")], outbound: []))
    )
    private static let profileBody: JSON = [
        "name": "p", "mediaTypes": ["allow": ["inbound": [["type": "image/*"]], "outbound": []]],
    ]

    static let cases = [
        Case("getMessagingSettings", "GET \(settings)?pageSize=25&pageNumber=1") {
            _ = try await $0.getMessagingSettings()
        },
        Case("getMessagingSettings, another page", "GET \(settings)?pageSize=7&pageNumber=3") {
            _ = try await $0.getMessagingSettings(pageSize: 7, pageNumber: 3)
        },
        Case("postMessagingSettings", "POST \(settings)", settingBody) {
            _ = try await $0.postMessagingSettings(body: setting)
        },
        Case("getMessagingSettingsDefault", "GET \(settings)/default") {
            _ = try await $0.getMessagingSettingsDefault()
        },
        Case("putMessagingSettingsDefault", "PUT \(settings)/default", ["settingId": "a"]) {
            _ = try await $0.putMessagingSettingsDefault(body: MessagingSettingDefaultRequest(settingId: "a"))
        },
        Case("deleteMessagingSettingsDefault", "DELETE \(settings)/default") {
            try await $0.deleteMessagingSettingsDefault()
        },
        Case("getMessagingSetting", "GET \(settings)/a%2Fb%20%C3%A9%3F") {
            _ = try await $0.getMessagingSetting(messageSettingId: "a/b é?")
        },
        Case("patchMessagingSetting", "PATCH \(settings)/a", settingBody) {
            _ = try await $0.patchMessagingSetting(messageSettingId: "a", body: setting)
        },
        Case("patchMessagingSetting, clearing", "PATCH \(settings)/a", ["event": ["typing": nil], "content": nil]) {
            var patch = Patch<MessagingSettingRequest>()
            patch.event.typing = .clear
            patch.content = .clear
            _ = try await $0.patchMessagingSetting(messageSettingId: "a", body: patch)
        },
        Case("deleteMessagingSetting", "DELETE \(settings)/a") {
            try await $0.deleteMessagingSetting(messageSettingId: "a")
        },
        Case("getMessagingSupportedcontent", "GET \(profiles)?pageSize=25&pageNumber=1") {
            _ = try await $0.getMessagingSupportedcontent()
        },
        Case("postMessagingSupportedcontent", "POST \(profiles)", profileBody) {
            _ = try await $0.postMessagingSupportedcontent(body: profile)
        },
        Case("getMessagingSupportedcontentSupportedContentId", "GET \(profiles)/a") {
            _ = try await $0.getMessagingSupportedcontentSupportedContentId(supportedContentId: "a")
        },
        Case("patchMessagingSupportedcontentSupportedContentId", "PATCH \(profiles)/a", profileBody) {
            _ = try await $0.patchMessagingSupportedcontentSupportedContentId(supportedContentId: "a", body: profile)
        },
        Case(
            "patchMessagingSupportedcontentSupportedContentId, nothing allowed",
            "PATCH \(profiles)/a",
            ["name": "p", "mediaTypes": [:]]
        ) {
            let none = SupportedContentRequest(name: "p", mediaTypes: MediaTypes())
            _ = try await $0.patchMessagingSupportedcontentSupportedContentId(supportedContentId: "a", body: none)
        },
        Case("deleteMessagingSupportedcontentSupportedContentId", "DELETE \(profiles)/a") {
            try await $0.deleteMessagingSupportedcontentSupportedContentId(supportedContentId: "a")
        },
    ]

    @Test(arguments: cases) func theRequestOfAnOperationIsAsThePageStates(_ expected: Case) async throws {
        try await ScriptedHost.run({ _, request in
            request.method == "DELETE" ? .response(200, "") : .response(200, #"{"id":"a","entities":[]}"#)
        }) { host in
            try await expected.call(MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN", host: .server(host.url)))
            let request = try #require(host.requests.first)
            #expect(host.requests.count == 1)
            #expect("\(request.method) \(request.target)" == expected.line)
            #expect(request.fields["authorization"] == "Bearer YOUR_ACCESS_TOKEN")
            #expect(request.fields["accept"] == "application/json")
            #expect(request.fields["content-type"] == (expected.body == nil ? nil : "application/json"))
            if let body = expected.body {
                #expect(try JSON(parsing: Array(request.body.utf8)) == body)
            } else {
                #expect(request.body.isEmpty)
            }
        }
    }

    @Test func thereAreThirteen() {
        let names = Set(Self.cases.compactMap { $0.name.split(separator: ",").first.map(String.init) })
        let operations = APIOperation.all.filter { $0.path.hasPrefix("/api/v2/messaging/") }
        #expect(names == Set(operations.map(\.id)))
        #expect(names.count == 13)
    }

    @Test func aRegionHasAnAPIAndALogin() throws {
        let host = MessagingHost.genesysCloud(.euCentral1)
        #expect(host.api.absoluteString == "https://api.mypurecloud.de")
        #expect(host.login.absoluteString == "https://login.mypurecloud.de")
        for region in GenesysRegion.allCases {
            let url = MessagingHost.genesysCloud(region).api
            #expect(!MessagingHost.server(url).honorsIdempotencyKeys)
            #expect(MessagingHost.server(url) == .genesysCloud(region))
        }
    }

    @Test func aTokenAloneIsForGenesysInVirginia() async throws {
        let transport = CountingTransport(try await MessagingTestServer().transport)
        let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN", transport: transport)
        await #expect(throws: MessagingError.self) { try await api.getMessagingSettings(pageSize: 25, pageNumber: 1) }
        let request = try #require(transport.requests.first)
        #expect(request.scheme == "https" && request.authority == "api.mypurecloud.com")
        #expect(request.path == "/api/v2/messaging/settings?pageSize=25&pageNumber=1")
        #expect(request.headerFields[.authorization] == "Bearer YOUR_ACCESS_TOKEN")
    }

    @Test func metadataIsReachedFromTheVendorsOperations() async throws {
        let fields = ["ININ-Correlation-Id": "c-1", "ETag": "\"t-1\""]
        try await ScriptedHost.run({ _, _ in .response(200, fields: fields, #"{"id":"a"}"#) }) { host in
            let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN", host: .server(host.url))
            let response = try await api.client.call(
                MessagingSettingEndpoints.deprecated.resource.get,
                EntityID("a")
            )
            #expect(response.value.id == "a")
            #expect(response.metadata.correlationID == "c-1")
            #expect(response.metadata.entityTag == EntityTag(opaque: "t-1"))
            #expect(host.requests.map(\.target) == ["\(Self.settings)/a"])
            #expect(host.requests.map { $0.fields["authorization"] } == ["Bearer YOUR_ACCESS_TOKEN"])
        }
    }

    @Test func aCallHasFieldsOfItsOwn() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, #"{"id":"a"}"#) }) { host in
            let mine: HTTPFields = [.userAgent: "mine", .authorization: "Basic bWluZQ==", .acceptLanguage: "de"]
            _ = try await host.client().settings.get("a", options: CallOptions(headers: mine))
            _ = try await host.client().settings.get("a")
            let fields = host.requests.map(\.fields)
            #expect(fields.map { $0["user-agent"] } == ["mine", "MessagingSDK-Swift/\(Release.version)"])
            #expect(fields.map { $0["accept-language"] } == ["de", nil])
            #expect(fields.map { $0["authorization"] } == ["Bearer t0ken", "Bearer t0ken"])
        }
    }

    @Test func aPageOutOfRangeIsNotRequested() async throws {
        try await ScriptedHost.run({ _, _ in .response(200) }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().messagingAPI.getMessagingSettings(pageSize: 101)
            }
            #expect(error?.reason == .invalidRequest)
            #expect(host.requests.isEmpty)
        }
    }
}

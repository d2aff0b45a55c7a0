import MessagingSDK
import MessagingTesting
import Testing

@Suite struct PatchTests {
    @Test func keepClearAndSetAreDistinct() throws {
        var patch = Patch<MessagingSettingRequest>()
        #expect(patch.isEmpty)
        #expect(patch.json == [:])
        patch.name = .set("Support")
        patch.event.typing.on.inbound = .set(.enabled)
        patch.event.typing.on.outbound = .clear
        patch.content = .clear
        #expect(
            patch.json == [
                "name": "Support", "event": ["typing": ["on": ["inbound": "Enabled", "outbound": nil]]], "content": nil,
            ]
        )
        patch.event.typing.on.inbound = .keep
        patch.name = .keep
        patch.content = .keep
        #expect(patch.json == ["event": ["typing": ["on": ["outbound": nil]]]])
        patch.event.typing.on.outbound = .keep
        #expect(patch.isEmpty)
    }

    @Test func aProfilesMediaTypesAreSetAsAWhole() throws {
        var patch = Patch<SupportedContentRequest>()
        patch.mediaTypes = .set(MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")])))
        #expect(patch.json == ["mediaTypes": ["allow": ["inbound": [["type": "image/*"]]]]])
        patch.mediaTypes = .clear
        #expect(patch.json == ["mediaTypes": nil])
    }

    @Test func aRequestSetsItsMembers() throws {
        let patch = Patch(MessagingSettingRequest(name: "n", event: EventSetting()))
        #expect(patch.json == ["name": "n"])
    }

    @Test func keepingAMemberOfAClearedObjectKeepsItCleared() {
        var patch = Patch<MessagingSettingRequest>()
        patch.content = .clear
        patch.content.story.mention.inbound = .keep
        #expect(patch.json == ["content": nil])
        patch.content.story.mention.inbound = .set(.enabled)
        #expect(patch.json == ["content": ["story": ["mention": ["inbound": "Enabled"]]]])
    }

    @Test func anObjectIsNotClearedAsAWhole() async throws {
        try await withMessagingServer { client in
            let error = await #expect(throws: MessagingError.self) { try await client.settings.update("a", .clear) }
            #expect(error?.reason == .invalidRequest)
            #expect(error?.operation == "patchConversationsMessagingSetting")
        }
    }

    @Test func unknownValuesOfAPatchAreReadBack() throws {
        var setting = Patch<MessagingSettingRequest>()
        setting.event.typing.on.inbound = .set(Switch(rawValue: "Sometimes"))
        guard case .set(let value) = setting.event.typing.on.inbound as FieldChange<Switch> else {
            throw Unexpected()
        }
        #expect(value.rawValue == "Sometimes")
        var profile = Patch<SupportedContentRequest>()
        let types = MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "jpeg")]))
        profile.mediaTypes = .set(types)
        guard case .set(types) = profile.mediaTypes as FieldChange<MediaTypes> else { throw Unexpected() }
    }

    private struct Unexpected: Error {}

    @Test func aPatchIsReadMemberByMember() throws {
        let setting: JSON = [
            "name": "Support", "event": ["typing": ["on": ["inbound": "enabled", "outbound": nil]]], "content": nil,
        ]
        let read = try Patch<MessagingSettingRequest>(json: setting)
        var typed = Patch<MessagingSettingRequest>()
        typed.name = .set("Support")
        typed.event.typing.on.inbound = .set(.enabled)
        typed.event.typing.on.outbound = .clear
        typed.content = .clear
        #expect(read.json == typed.json)

        let profile: JSON = ["mediaTypes": ["allow": ["inbound": [["type": "jpeg", "x": 1]]]], "id": 7]
        #expect(
            try Patch<SupportedContentRequest>(json: profile).json
                == ["mediaTypes": ["allow": ["inbound": [["type": "jpeg"]]]]]
        )
        let integration: JSON = [
            "webhookHeaders": ["X": "v"], "messagingSetting": nil, "supportedContent": ["id": "a"],
        ]
        #expect(try Patch<OpenIntegrationRequest>(json: integration).json == integration)
    }

    @Test func emptyObjectsClearWhereObjectsAreMerged() throws {
        let setting: JSON = ["content": [:], "event": ["typing": ["unknown": 1]], "unknown": [1]]
        #expect(try Patch<MessagingSettingRequest>(json: setting).json == ["content": nil])
        #expect(try Patch<SupportedContentRequest>(json: ["mediaTypes": [:]]).json == ["mediaTypes": [:]])
        #expect(try Patch<MessagingSettingRequest>(json: [:]).isEmpty)
        #expect(try Patch<MessagingSettingRequest>(json: nil).json.isNull)
    }

    private static let anotherType = "a value of another type"

    @Test(arguments: [
        (#"{"name":null}"#, "name", FieldError.Reason.missing),
        (#"{"name":7}"#, "name", .invalid(value: Self.anotherType, type: "string", allowed: [])),
        (#"{"content":[]}"#, "content", .invalid(value: Self.anotherType, type: "object", allowed: [])),
        (
            #"{"event":{"typing":{"on":{"inbound":true}}}}"#, "event.typing.on.inbound",
            .invalid(value: Self.anotherType, type: "Switch", allowed: ["Enabled", "Disabled"])
        ), ("[]", "", .invalid(value: Self.anotherType, type: "object", allowed: [])),
    ]) func aPatchOfAnotherTypeNamesTheMember(_ text: String, _ path: String, _ reason: FieldError.Reason) throws {
        let json = try JSON(parsing: Array(text.utf8))
        let error = #expect(throws: FieldError.self) { try Patch<MessagingSettingRequest>(json: json) }
        #expect(error == FieldError(path: path, reason: reason))
    }

    @Test(arguments: [
        (
            #"{"outboundNotificationWebhookSignatureSecretToken":5309}"#,
            "outboundNotificationWebhookSignatureSecretToken"
        ),
        (
            #"{"outboundNotificationWebhookSignatureSecretToken":["5309"]}"#,
            "outboundNotificationWebhookSignatureSecretToken"
        ),
        (#"{"webhookHeaders":{"X-Key":5309}}"#, "webhookHeaders.X-Key"),
        (#"{"webhookHeaders":"5309"}"#, "webhookHeaders"),
        (#"{"supportedContent":"5309"}"#, "supportedContent"), (#""5309""#, ""), ("5309", ""),
    ]) func anErrorNamesTheMemberAndNotItsValue(_ text: String, _ path: String) throws {
        let json = try JSON(parsing: Array(text.utf8))
        let error = try #require(
            #expect(throws: FieldError.self) { try Patch<OpenIntegrationRequest>(json: json) }
        )
        #expect(error.path == path)
        var dumped = "\(error) \(APIError(error).message)"
        dump(error, to: &dumped)
        #expect(!dumped.contains("5309"))
    }

    @Test func anErrorInAListNamesTheIndex() {
        let error = #expect(throws: FieldError.self) {
            try Patch<SupportedContentRequest>(json: [
                "mediaTypes": ["allow": ["outbound": [["type": "a/b"], ["type": 1]]]]
            ])
        }
        #expect(error?.path == "mediaTypes.allow.outbound[1].type")
        let reference = #expect(throws: FieldError.self) {
            try Patch<OpenIntegrationRequest>(json: ["supportedContent": [:]])
        }
        #expect(reference == FieldError(path: "supportedContent.id", reason: .missing))
    }

    @Test func aPatchFromADocumentChangesAnObject() async throws {
        try await withMessagingServer { client in
            let made = try await client.settings.create(
                MessagingSettingRequest(
                    name: "n",
                    content: ContentSetting(story: StorySetting(mention: InboundOnlySetting(inbound: .enabled)))
                )
            )
            let document = Array(#"{"content":{},"event":{"typing":{"on":{"inbound":"Disabled"}}}}"#.utf8)
            let changed = try await client.settings.update(made.id, Patch(json: JSON(parsing: document)))
            #expect(changed.name == "n" && changed.content == nil)
            #expect(changed.event?.typing?.on?.inbound == .disabled)
        }
    }
}

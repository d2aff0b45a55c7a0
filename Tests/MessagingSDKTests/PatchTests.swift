import MessagingSDK
import MessagingTesting
import Testing

@Suite struct PatchTests {
    @Test func keepClearAndSetAreToldApart() throws {
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

    @Test func arequestSetsWhatItHas() throws {
        let patch = Patch(MessagingSettingRequest(name: "n", event: EventSetting()))
        #expect(patch.json == ["name": "n"])
    }

    @Test func keepingAMemberOfWhatIsClearedClearsItStill() {
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

    @Test func whatWasSetIsReadEvenIfNoHostTakesIt() throws {
        var setting = Patch<MessagingSettingRequest>()
        setting.event.typing.on.inbound = .set(Switch(rawValue: "Sometimes"))
        guard case .set(let value) = setting.event.typing.on.inbound as Change<Switch> else {
            throw Unexpected()
        }
        #expect(value.rawValue == "Sometimes")
        var profile = Patch<SupportedContentRequest>()
        let types = MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "jpeg")]))
        profile.mediaTypes = .set(types)
        guard case .set(types) = profile.mediaTypes as Change<MediaTypes> else { throw Unexpected() }
    }

    private struct Unexpected: Error {}
}

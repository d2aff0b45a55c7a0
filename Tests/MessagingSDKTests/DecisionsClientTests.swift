import MessagingDecisions
import MessagingSDK
import MessagingTesting
import Testing

@Suite struct DecisionsClientTests {
    private static let pictures = SupportedContentRequest(
        name: "Pictures",
        mediaTypes: MediaTypes(
            allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")], outbound: [MediaType(type: "image/png")])
        )
    )

    @Test func aMessageIsDecidedOnWithoutSendingIt() async throws {
        try await withMessagingServer { client in
            let profile = try await client.supportedContent.create(Self.pictures)
            let attachments = [
                MessageAttachment(mime: "image/png"), MessageAttachment(filename: "voice.mp3"),
                MessageAttachment(mime: "image/gif", firstBytes: Array("%PDF-1.7".utf8)),
            ]
            let inbound = try await client.decisions.decide(profile.id, .inbound, attachments)
            #expect(inbound.effect == .delivered)
            #expect(inbound.blocked == 1)
            #expect(inbound.attachments.map(\.effect) == [.delivered, .dropped, .delivered])
            #expect(inbound.attachments.map(\.mediaType) == ["image/png", "audio/mpeg", "image/gif"])
            #expect(inbound.attachments.map(\.source) == [.mime, .filename, .mime])
            #expect(inbound.attachments.map(\.detected) == [nil, nil, "application/pdf"])
            #expect(inbound.attachments[0].entry == DecidingEntry(type: "image/*", index: 0))
            #expect(inbound.attachments[1].reason == .notListed)
            let outbound = try await client.decisions.decide(profile.id, .outbound, attachments)
            #expect(outbound.effect == .notSent)
            #expect(outbound.attachments.map(\.allowed) == [true, false, false])
            for (direction, decision) in [(MessageDirection.inbound, inbound), (.outbound, outbound)] {
                #expect(profile.decide(DecisionRequest(direction: direction, attachments: attachments)) == decision)
            }
        }
    }

    @Test func refusedAttachmentsAreNamed() async throws {
        try await withMessagingServer { client in
            let missing = await #expect(throws: MessagingError.self) {
                try await client.decisions.decide("none", .inbound, [MessageAttachment(mime: "image/png")])
            }
            #expect(missing?.status == 404)
            let profile = try await client.supportedContent.create(Self.pictures)
            let unknown = await #expect(throws: MessagingError.self) {
                try await client.decisions.decide(
                    profile.id,
                    .inbound,
                    [MessageAttachment(mime: "a/b"), MessageAttachment()]
                )
            }
            #expect(unknown?.status == 400)
            #expect(unknown?.body?.details.first?.fieldName == "attachments[1]")
        }
    }

    @Test func aDecisionIsRepeatedLikeAGet() async throws {
        let response = #"{"direction":"Inbound","effect":"Delivered","blocked":0,"attachments":[]}"#
        try await ScriptedHost.run({ number, _ in number < 3 ? .cut : .response(200, response) }) { host in
            let decision = try await host.client().decisions.decide(
                "a",
                .inbound,
                [MessageAttachment(mime: "image/png")]
            )
            #expect(decision.effect == .delivered)
            #expect(host.requests.count == 3)
        }
    }
}

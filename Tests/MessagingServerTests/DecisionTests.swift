import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingDecisions
import MessagingServer
import Testing

@Suite struct DecisionTests {
    private static let png = "iVBORw0KGgoAAAANSUhEUg=="
    private static let zip = "UEsDBBQAAAAAAAAAAAAAAAAAAAAAAAAAAAAFAAAAYS50eHQ="

    /// A server with a profile of these types, and the path of its decisions.
    private struct World {
        let server: TestServer
        let token: String
        let path: String

        init(inbound: [String]? = nil, outbound: [String]? = nil) async throws {
            server = try await TestServer()
            token = try await server.token()
            let access = MediaTypeAccess(
                inbound: inbound?.map { MediaType(type: $0) },
                outbound: outbound?.map { MediaType(type: $0) }
            )
            let request = SupportedContentRequest(name: "n", mediaTypes: MediaTypes(allow: access))
            let create = SupportedContentEndpoints.current.resource.create
            let profile = try await server.call(create, NoParameters(), request).decoded(SupportedContent.self)
            path = DecisionEndpoints.decide.operation.target([profile.id])
        }

        func decide(_ body: String) async -> OutgoingResponse {
            await server.send(.post, path, token: token, body: body)
        }

        func decide(_ direction: String, _ attachments: String) async throws -> JSON {
            let answer = await decide(#"{"direction":"\#(direction)","attachments":[\#(attachments)]}"#)
            #expect(answer.status == 200)
            return try #require(answer.json)
        }
    }

    @Test func anInboundMessageIsDeliveredWithoutItsBlockedAttachments() async throws {
        let world = try await World(inbound: ["video/*", "image/*", "image/png"])
        let decision = try await world.decide("Inbound", #"{"mime":"image/PNG; a=b"},{"filename":"Invoice.PDF"}"#)
        #expect(
            decision == [
                "direction": "Inbound", "effect": "Delivered", "blocked": 1,
                "attachments": [
                    [
                        "mediaType": "image/PNG; a=b", "source": "Mime", "allowed": true,
                        "entry": ["type": "image/*", "index": 1], "effect": "Delivered",
                    ],
                    [
                        "mediaType": "application/pdf", "source": "Filename", "allowed": false, "reason": "NotListed",
                        "effect": "Dropped",
                    ],
                ],
            ]
        )
    }

    @Test func oneBlockedAttachmentStopsAnOutboundMessage() async throws {
        let world = try await World(inbound: [], outbound: ["image/png"])
        let one = try await world.decide("outbound", #"{"mime":"image/png"},{"mime":"image/gif"}"#)
        #expect(one["direction"] == "Outbound")
        #expect(one["effect"] == "NotSent")
        #expect(one["blocked"] == 1)
        #expect(one["attachments"]?.array?.map { $0["effect"] } == ["NotSent", "NotSent"])
        #expect(one["attachments"]?.array?.map { $0["allowed"] } == [true, false])
        let all = try await world.decide("OUTBOUND", #"{"mime":"image/png"},{"filename":"a.png"}"#)
        #expect(all["effect"] == "Sent")
        #expect(all["attachments"]?.array?.map { $0["effect"] } == ["Sent", "Sent"])
        let other = try await world.decide("Inbound", #"{"mime":"image/png"}"#)
        #expect(other["attachments"]?.array?.first?["reason"] == "NothingAllowed")
    }

    @Test(arguments: [
        (#"{"mime":"a/b","filename":"a.png","firstBytes":"\#(png)"}"#, "a/b", "Mime"),
        (#"{"filename":"a.pdf","firstBytes":"\#(png)"}"#, "image/png", "FirstBytes"),
        (#"{"filename":"a","firstBytes":"\#(png)"}"#, "image/png", "FirstBytes"),
        (#"{"filename":"a.odt","firstBytes":"\#(zip)"}"#, "application/vnd.oasis.opendocument.text", "Filename"),
        (#"{"filename":"a.png","firstBytes":"\#(zip)"}"#, "application/zip", "FirstBytes"),
        (#"{"filename":"a.csv","firstBytes":"YSxi"}"#, "text/csv", "Filename"),
        (#"{"filename":"a.csv","firstBytes":null,"mime":null}"#, "text/csv", "Filename"),
        (#"{"filename":"a.unknownext"}"#, "application/octet-stream", "None"),
        (#"{"filename":"a.csv","firstBytes":"","mime":""}"#, "text/csv", "Filename"),
        (#"{"filename":"","firstBytes":"\#(png)","mime":""}"#, "image/png", "FirstBytes"),
        (#"{"filename":"","firstBytes":"","mime":"a/b"}"#, "a/b", "Mime"),
        (#"{"filename":"a.md","firstBytes":"PGgxPg=="}"#, "text/markdown", "Filename"),
        (#"{"firstBytes":"YSxi"}"#, "application/octet-stream", "None"),
    ])
    func sourcesOfTheMediaType(_ attachment: String, _ mediaType: String, _ source: String) async throws {
        let world = try await World(inbound: ["*/*"])
        let decision = try await world.decide("Inbound", attachment)["attachments"]?.array?.first
        #expect(decision?["mediaType"] == .string(mediaType))
        #expect(decision?["source"] == .string(source))
        #expect(decision?["allowed"] == true)
        #expect(decision?["entry"]?["type"] == "*/*")
    }

    @Test(arguments: [
        ("image/jpeg", png, "image/png"), ("image/png", zip, "application/zip"), ("image/png", png, nil),
        ("application/epub+zip", zip, nil), ("image/png", "YSxi", nil), ("image/x-png", png, nil),
        ("image/apng", png, nil), ("application/octet-stream", png, nil),
    ])
    func contradictingFirstBytesAreReported(_ mime: String, _ bytes: String, _ detected: String?) async throws {
        let world = try await World(inbound: ["image/*"])
        let body = #"{"mime":"\#(mime)","firstBytes":"\#(bytes)"}"#
        let decision = try await world.decide("Inbound", body)["attachments"]?.array?.first
        #expect(decision?["detected"]?.string == detected)
        #expect(decision?["mediaType"]?.string == mime)
        #expect(decision?["allowed"] == .bool(mime.hasPrefix("image/")))
    }

    @Test(arguments: [
        ("photo.png", "<!DOCTYPE html><html>", "image/png", "text/html"),
        ("photo.jpg", "#!/bin/sh\n", "image/jpeg", "application/x-sh"),
        ("page.html", "<!DOCTYPE html><html>", "text/html", nil),
    ])
    func aTextUnderTheNameOfAnotherKindIsReported(_ name: String, _ text: String, _ type: String, _ detected: String?)
        async throws
    {
        let world = try await World(inbound: ["*/*"])
        let body = #"{"filename":"\#(name)","firstBytes":"\#(Data(text.utf8).base64EncodedString())"}"#
        let decision = try await world.decide("Inbound", body)["attachments"]?.array?.first
        #expect((decision?["mediaType"]?.string, decision?["detected"]?.string) == (type, detected))
    }

    @Test(arguments: ["png", " ", "image/*", "*/*", "image/png/x", "image/png, image/gif"])
    func anInvalidMediaTypeIsNeverAllowed(_ mime: String) async throws {
        let world = try await World(inbound: ["*/*"])
        let decision = try await world.decide("Inbound", #"{"mime":"\#(mime)"}"#)["attachments"]?.array?.first
        #expect(decision?["allowed"] == false)
        #expect(decision?["reason"] == "NotAMediaType")
        #expect(decision?["mediaType"] == .string(mime))
    }

    @Test(arguments: [
        (#"{"direction":"Inbound"}"#, "constraint.validation", "attachments"),
        (#"{"direction":"Inbound","attachments":[]}"#, "constraint.validation", "attachments"),
        (#"{"direction":"Inbound","attachments":{}}"#, "invalid.value", "attachments"),
        (#"{"direction":"Inbound","attachments":[{"mime":"a/b"},{}]}"#, "constraint.validation", "attachments[1]"),
        (#"{"direction":"Inbound","attachments":[{"mime":null}]}"#, "constraint.validation", "attachments[0]"),
        (
            #"{"direction":"Inbound","attachments":[{"mime":"","filename":"","firstBytes":""}]}"#,
            "constraint.validation", "attachments[0]"
        ),
        (
            #"{"direction":"Inbound","attachments":[{"filename":"a.png"},{"firstBytes":""}]}"#, "constraint.validation",
            "attachments[1]"
        ),
        (#"{"direction":"Inbound","attachments":[{"mime":1}]}"#, "invalid.value", "attachments[0].mime"),
        (#"{"direction":"Inbound","attachments":[{"firstBytes":"?"}]}"#, "invalid.value", "attachments[0].firstBytes"),
        (
            #"{"direction":"Inbound","attachments":[{"firstBytes":"QQ="}]}"#, "invalid.value",
            "attachments[0].firstBytes"
        ),
        (#"{"direction":"Sideways","attachments":[{"mime":"a/b"}]}"#, "invalid.value", "direction"),
        (#"{"attachments":[{"mime":"a/b"}]}"#, "constraint.validation", "direction"),
    ])
    func aRefusedDecisionRequestNamesItsField(_ body: String, _ code: String, _ field: String) async throws {
        let answer = try await World().decide(body)
        #expect((answer.status, answer.code) == (400, code))
        #expect(answer.json?["details"]?.array?.first?["fieldName"]?.string == field)
    }

    @Test func tenThousandAttachmentsAreDecidedAndOneMoreIsNot() async throws {
        let world = try await World(inbound: ["image/*"])
        let most = Array(repeating: #"{"mime":"image/png"}"#, count: 10_000).joined(separator: ",")
        #expect(try await world.decide("Inbound", most)["attachments"]?.array?.count == 10_000)
        let answer = await world.decide(#"{"direction":"Inbound","attachments":[\#(most),{"mime":"a/b"}]}"#)
        #expect((answer.status, answer.code) == (400, "constraint.validation"))
        #expect(answer.json?["details"]?.array?.first?["fieldName"] == "attachments")
    }

    /// A decision that is made and written in steps equals the one that is made at once.
    @Test(arguments: [17, 400, 401, 801, 2_000]) func aLargeDecisionIsThatOfTheProfile(_ count: Int) async throws {
        let types = ["image/*", "application/zip", "text/plain"]
        let world = try await World(inbound: types, outbound: types)
        let access = MediaTypeAccess(
            inbound: types.map { MediaType(type: $0) },
            outbound: types.map { MediaType(type: $0) }
        )
        var profile = SupportedContent()
        profile.mediaTypes = MediaTypes(allow: access)
        let names = ["a.png", "b.zip", "c.mp4", "d.nothing"]
        let attachments = (0..<count).map { MessageAttachment(filename: names[$0 % names.count]) }
        for (direction, attachments) in [
            (MessageDirection.inbound, attachments), (.outbound, attachments),
            (.outbound, Array(repeating: MessageAttachment(filename: "a.png"), count: count)),
        ] {
            let request = DecisionRequest(direction: direction, attachments: attachments)
            let answer = await world.decide(String(decoding: request.json.bytes, as: UTF8.self))
            #expect(answer.body == profile.decide(request).json.bytes)
        }
    }

    @Test func aReaderMayRequestDecisionsAndNothingChanges() async throws {
        let world = try await World(inbound: ["image/*"])
        let view = "messaging:supportedContent:view"
        let reader = try await world.server.token(permissions: [view], scopes: ["messaging:readonly"])
        let server = world.server
        let before = try await server.organizations.snapshot(of: server.organization)?.revision
        let body = #"{"direction":"Inbound","attachments":[{"mime":"image/png"}]}"#
        for fields: HTTPFields in [[:], [.named("Idempotency-Key"): "k"], [.ifMatch: "\"x\""]] {
            let answer = await world.server.send(.post, world.path, token: reader, fields: fields, body: body)
            #expect(answer.status == 200)
            #expect(answer.fields[.eTag] == nil)
        }
        #expect(try await server.organizations.snapshot(of: server.organization)?.revision == before)
    }

    @Test func anUnknownProfileIsNotFound() async throws {
        let world = try await World()
        let body = #"{"direction":"Inbound","attachments":[{"mime":"image/png"}]}"#
        let path = DecisionEndpoints.decide.operation.target(["none"])
        let answer = await world.server.send(.post, path, token: world.token, body: body)
        #expect((answer.status, answer.code) == (404, "not.found"))
    }
}

import Allocations
import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingDecisions
import NIOCore
import Testing

@testable import MessagingServer

/// The allocations of the parts of a response, on the average of many calls. The bounds are one or two above those of a debug build, and
/// three for a change, so that one allocation more for each field, entry or object is too many.
@Suite(.enabled(if: allocationsAreCounted))
struct AllocationTests {
    /// Of a setting with all 25 fields that it and its parts have.
    private static let parsingASetting = 29
    private static let decodingASetting = 111
    private static let writingASetting = 30
    private static let encodingASetting = 85
    /// A change copies a node of each height of the order, since the order has the entries.
    private static let updatingOneOfAThousandSettings = 290
    /// With the last of ten entries.
    private static let matchingOneAttachment = 4
    private static let listingAPageOf25 = 45
    private static let respondingToOneGet = 24
    private static let respondingToOneConditionalGet = 26

    private static let stamp = Stamp(
        time: Date(timeIntervalSince1970: 1_772_356_527.104),
        id: Surroundings.system.makeID(),
        author: .test
    )

    private static func setting(_ number: Int) -> MessagingSetting {
        let on = InboundOnlySetting(inbound: .enabled)
        let request = MessagingSettingRequest(
            name: "Name of a setting, with \(number)",
            content: ContentSetting(story: StorySetting(mention: on, reply: on)),
            event: EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .enabled, outbound: .disabled)))
        )
        var setting = MessagingSetting(request, stamp)
        setting.id = id(number)
        return setting
    }

    private static func id(_ number: Int) -> String { "0b3f4c2d-1111-4222-8333-\(100_000_000_000 + number)" }

    private static func organization(of count: Int) throws -> Organization {
        let records = (0..<count).map { Record(kind: .messagingSetting, id: id($0), bytes: setting($0).json.bytes) }
        return try Organization(StoredOrganization(id: "o-1", revision: 1, records: records))
    }

    /// Returns the allocations of one of `times` calls, rounded up. The first call of a function sets up types, and is not counted.
    private static func allocations(times: Int = 200, _ body: (Int) throws -> Void) throws -> Int {
        try body(0)
        let total = try countingAllocations {
            for number in 0..<times { try body(number) }
        }
        #expect(total.calls > 0)
        return (total.calls + times - 1) / times
    }

    @Test func parsingASetting() throws {
        let bytes = Self.setting(1).json.bytes
        let count = try Self.allocations { _ in _ = try JSON(parsing: bytes) }
        #expect(count <= Self.parsingASetting)
    }

    @Test func decodingASetting() throws {
        let bytes = Self.setting(1).json.bytes
        let count = try Self.allocations { _ in _ = try MessagingSetting(document: bytes) }
        #expect(count <= Self.decodingASetting)
    }

    @Test func writingASetting() throws {
        let json = Self.setting(1).json
        let count = try Self.allocations { _ in _ = json.bytes }
        #expect(count <= Self.writingASetting)
    }

    @Test func encodingASetting() throws {
        let setting = Self.setting(1)
        let count = try Self.allocations { _ in _ = setting.json.bytes }
        #expect(count <= Self.encodingASetting)
    }

    @Test func updatingOneOfAThousandSettings() throws {
        let organization = try Self.organization(of: 1_000)
        let patch = try MergePatch<MessagingSettingRequest>(["event": ["typing": ["on": ["inbound": "Disabled"]]]])
        let count = try Self.allocations { number in
            var draft = Draft(organization, Self.stamp)
            _ = try draft.update(MessagingSetting.self, Self.id(number), patch)
        }
        #expect(count <= Self.updatingOneOfAThousandSettings)
    }

    @Test func matchingOneAttachment() throws {
        let types = (0..<10).map { MediaType(type: "application/vnd.part-\($0)") }
        let request = SupportedContentRequest(
            name: "Profile",
            mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: types))
        )
        let profile = SupportedContent(request, Self.stamp)
        let question = DecisionRequest(
            direction: .inbound,
            attachments: [MessageAttachment(mime: "application/vnd.part-9", filename: "Part.bin")]
        )
        let count = try Self.allocations { _ in _ = profile.decide(question) }
        #expect(profile.decide(question).attachments.first?.entry?.index == 9)
        #expect(count <= Self.matchingOneAttachment)
    }

    @Test func listingAPageOf25() throws {
        let organization = try Self.organization(of: 1_000)
        let page = try Paging(pageSize: 25, pageNumber: 3)
        let cache = PageCache()
        // The first page of a path is not in the cache.
        let paths = (0..<200).map { "/api/v2/conversations/messaging/settings/\($0)" }
        let count = try Self.allocations { number in
            let path = paths[number]
            let body = try cache.body(of: page, .messagingSetting, in: organization, path: path, budget: .max)
            _ = body.map { WireResponse(.ok).bytes(with: $0) }
        }
        let body = try cache.body(of: page, .messagingSetting, in: organization, path: "/", budget: .max)
        #expect(try Listing<MessagingSetting>(document: try #require(body).bytes).entities.count == 25)
        #expect(organization.list(MessagingSetting.self, page).entries.count == 25)
        #expect(count <= Self.listingAPageOf25)
    }

    @Test func respondingToOneGet() async throws {
        let count = try await Self.allocationsOfAGet { _ in "" }
        #expect(count <= Self.respondingToOneGet)
    }

    @Test func respondingToOneConditionalGet() async throws {
        let count = try await Self.allocationsOfAGet { "If-None-Match: \($0)\r\n" }
        #expect(count <= Self.respondingToOneConditionalGet)
    }

    /// The allocations of a GET that is handled where it arrives. `field` makes a field of the object's tag.
    private static func allocationsOfAGet(_ field: (String) -> String) async throws -> Int {
        let server = try await TestServer()
        let token = try await server.token()
        let request = MessagingSettingRequest(name: "Setting")
        let create = MessagingSettingEndpoints.current.resource.create
        let created = try await server.call(create, NoParameters(), request, token: token)
        let path = try created.decoded(MessagingSetting.self).selfUri
        let tag = try #require(created.fields[.eTag])
        let text = "GET \(path) HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\(field(tag))\r\n"
        let bytes = ByteBuffer(string: text)
        let (limits, date, client) = (Limits(), DateField { _ in Date() }, NoConnection())
        var last = LastCaller()
        return try allocations { _ in
            var parser = HeadParser()
            guard let head = try parser.parse(bytes, limits)?.head else { throw NotAtOnce() }
            let request = IncomingRequest(head: head, scheme: "http", address: "192.0.2.1", of: client)
            let step = server.responder.begin(request, after: &last)
            guard case .respond(let response) = step else { throw NotAtOnce() }
            _ = response.onWire(withBody: true, date: date.value, closes: false, partBytes: limits.partBytes)
        }
    }
}

/// A request was not handled where it arrived.
private struct NotAtOnce: Error {}

/// The connection of a client that is gone.
private final class NoConnection: ClientConnection {
    let isOpen = false
    func sendInterim(_ status: HTTPResponse.Status, _ fields: HTTPFields) async throws {}
    func body(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] { [] }
    func nextPiece(limit: Int) async throws(APIError) -> [UInt8]? { nil }
}

import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

/// Reads that take much work are not made where the request arrives, and no response exceeds the size limit.
@Suite struct HeavyReadTests {
    private static let integrations = "/api/v2/conversations/messaging/integrations"

    /// A server with a profile of 1,000 entries of this length, and integrations with it.
    private struct World {
        let server: TestServer
        let token: String
        let profile: SupportedContent

        init(entry length: Int, integrations count: Int) async throws {
            server = try await TestServer()
            token = try await server.token()
            let types = (0..<1_000).map { number in
                let text = "a/\(number)-"
                return MediaType(type: text + String(repeating: "x", count: length - text.utf8.count))
            }
            let request = SupportedContentRequest(
                name: "large",
                mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: types))
            )
            let create = SupportedContentEndpoints.current.resource.create
            let made = try await server.call(create, NoParameters(), request, token: token)
            profile = try made.decoded(SupportedContent.self)
            for number in 0..<count {
                let body =
                    #"{"name":"i\#(number)","supportedContent":{"id":"\#(profile.id)"},"#
                    + #""outboundNotificationWebhookUrl":"https://x.example/","#
                    + #""outboundNotificationWebhookSignatureSecretToken":"0123456789abcdef"}"#
                let answer = await server.send(.post, "\(integrations)/open", token: token, body: body)
                try #require(answer.status == 200)
            }
        }

        func get(_ target: String) async -> OutgoingResponse { await server.send(.get, target, token: token) }

        /// Whether a read is handled where it arrives.
        func isAtOnce(_ target: String) async -> Bool {
            var head = HTTPRequest(method: .get, scheme: "http", authority: "test", path: target)
            head.headerFields[.authorization] = "Bearer \(token)"
            if case .respond = await server.step(of: IncomingRequest(head: head)) { return true }
            return false
        }
    }

    @Test(arguments: ["", "/open"]) func anExpandedPageHasTheStoredProfiles(_ list: String) async throws {
        let world = try await World(entry: 200, integrations: 12)
        let target = "\(Self.integrations)\(list)?expand=supportedContent&pageSize=100"
        _ = await world.get(target)
        #expect(await !world.isAtOnce(target))
        let entities = try #require(await world.get(target).json?["entities"]?.array)
        #expect(entities.count == 12)
        for entity in entities {
            let reference = try SupportedContentReference(json: entity["supportedContent"] ?? .null, side: .response)
            #expect(reference == SupportedContentReference(world.profile))
        }
        let plain = "\(Self.integrations)\(list)?pageSize=10"
        #expect(await world.isAtOnce(plain))
    }

    @Test func aPageThatIsTooLargeIsRefused() async throws {
        let world = try await World(entry: 255, integrations: 40)
        let target = "\(Self.integrations)?expand=supportedContent&pageSize="
        let refused = await world.get(target + "100")
        #expect((refused.status, refused.code) == (400, "response.entity.too.large"))
        #expect(await world.get(target + "25").status == 200)
    }

    /// Opened and escaped, a header may take more bytes than it takes sealed.
    @Test func aPageThatTurnsOutTooLargeIsRefused() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let value = String(repeating: #"\\\""#, count: 2_048)
        let headers = (0..<50).map { "\"h\($0)\":\"\(value)\"" }.joined(separator: ",")
        let body =
            #"{"name":"i","outboundNotificationWebhookUrl":"https://x.example/","#
            + #""outboundNotificationWebhookSignatureSecretToken":"0123456789abcdef","webhookHeaders":{\#(headers)}}"#
        for _ in 0..<22 {
            let made = await server.send(.post, "\(Self.integrations)/open", token: token, body: body)
            try #require(made.status == 200)
        }
        let target = "\(Self.integrations)/open?pageSize="
        let page = await server.send(.get, target + "20", token: token)
        #expect(page.status == 200)
        #expect(page.json?["entities"]?.array?.count == 20)
        let refused = await server.send(.get, target + "22", token: token)
        #expect((refused.status, refused.code) == (400, "response.entity.too.large"))
        let all = await server.send(.get, "\(Self.integrations)?pageSize=22", token: token)
        #expect(all.status == 200)
    }

    @Test func aLargePageOfProfilesIsNotMadeOnTheEventLoop() async throws {
        let world = try await World(entry: 255, integrations: 0)
        for number in 0..<40 {
            let request = SupportedContentRequest(name: "p\(number)", mediaTypes: world.profile.mediaTypes)
            let create = SupportedContentEndpoints.current.resource.create
            #expect(try await world.server.call(create, NoParameters(), request, token: world.token).status == 200)
        }
        let target = "/api/v2/conversations/messaging/supportedcontent?pageSize="
        #expect(await world.isAtOnce(target + "2"))
        #expect(await !world.isAtOnce(target + "25"))
        #expect(await world.get(target + "25").status == 200)
        let refused = await world.get(target + "100")
        #expect((refused.status, refused.code) == (400, "response.entity.too.large"))
    }
}

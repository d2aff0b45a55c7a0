import Foundation
import HTTPTypes
import MessagingContract
import NIOPosix
import Testing

@testable import MessagingServer

extension Edge {
    /// What the server does for a client that sends requests and does not read the responses.
    @Suite struct UnsentResponseTests {
        private static let document = "GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n"
        private static let nothing = "GET /nothing HTTP/1.1\r\nHost: test\r\n\r\n"

        private static func handled(_ operation: APIOperation, _ server: ListeningServer) -> Int {
            let counts = server.server.responder.metrics.operations.first { $0.name == operation.id }
            return counts?.counts.statuses[200] ?? 0
        }

        /// Waits until a response waits for its client, and then until the event loops have had the time for more of them.
        private static func settle(_ server: ListeningServer) async throws {
            try await wait(until: { server.server.load.unsent.bytes > 0 })
            let other = try await server.connect()
            for _ in 0..<50 { #expect(try await other.ask(live).status == 200) }
            try await other.close()
        }

        /// Settings with so long names that a page of a hundred is larger than a part.
        private static func fill(_ server: ListeningServer) async throws -> String {
            let token = try await server.server.token()
            for _ in 0..<100 {
                _ = try await server.server.call(
                    MessagingSettingEndpoints.current.resource.create,
                    NoParameters(),
                    MessagingSettingRequest(name: String(repeating: "\u{4E00}", count: 256)),
                    token: token
                )
            }
            return "GET /api/v2/conversations/messaging/settings?pageSize=100 HTTP/1.1\r\nHost: test\r\n"
                + "Authorization: Bearer \(token)\r\n\r\n"
        }

        @Test func oneResponseIsHeldForAClientThatDoesNotRead() async throws {
            try await ListeningServer.run { server in
                let client = try BlockingClient(port: server.port, buffer: 4_096)
                try client.send(String(repeating: Self.document + Self.nothing, count: 10))
                try await Self.settle(server)
                #expect(Self.handled(DocumentEndpoints.openAPI.operation, server) == 1)
                #expect(server.server.load.unsent.bytes <= Limits().partBytes + 1_024)
                let last = Array(live.replacing("Host", with: "Connection: close\r\nHost").utf8)
                let (bytes, end) = try await BlockingClient.onThread { client.exchange([last]) }
                #expect(end == .closed)
                var rest = bytes[...]
                for _ in 0..<10 {
                    let (document, length) = try #require(RawAnswer.parse(rest))
                    #expect(document.status == 200)
                    #expect(document.bytes == OpenAPI.document.pretty)
                    rest = rest.dropFirst(length)
                    let (nothing, next) = try #require(RawAnswer.parse(rest))
                    #expect(nothing.status == 404)
                    rest = rest.dropFirst(next)
                }
                #expect(RawAnswer.parse(rest)?.0.status == 200)
                #expect(server.server.load.unsent.bytes == 0)
            }
        }

        @Test func fewPagesAreMadeForAClientThatDoesNotRead() async throws {
            try await ListeningServer.run { server in
                let list = try await Self.fill(server)
                let client = try BlockingClient(port: server.port, buffer: 4_096)
                try client.send(String(repeating: list, count: 10))
                try await Self.settle(server)
                #expect(Self.handled(MessagingSettingEndpoints.current.resource.list.operation, server) <= 3)
                let (bytes, end) = try await BlockingClient.onThread { client.exchange([]) }
                #expect(end == .closed)
                var rest = bytes[...]
                let (first, _) = try #require(RawAnswer.parse(rest))
                #expect(first.bytes.count > Limits().partBytes)
                for _ in 0..<10 {
                    let (page, length) = try #require(RawAnswer.parse(rest))
                    #expect(page.bytes == first.bytes)
                    rest = rest.dropFirst(length)
                }
                #expect(rest.isEmpty)
            }
        }

        @Test func smallResponsesOfOneSegmentDoNotPileUp() async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(.atOnce)
                let client = try BlockingClient(port: server.port, buffer: 4_096)
                try client.send(String(repeating: read, count: 10_000))
                try await Self.settle(server)
                #expect(server.server.load.unsent.bytes <= 17 * 1_024)
            }
        }

        @Test func theConnectionThatWaitedLongestIsCutFirst() async throws {
            try await ListeningServer.run(.with { $0.unsentBytes = 700_000 }) { server in
                let list = try await Self.fill(server)
                var clients: [BlockingClient] = []
                for count in 1...6 {
                    let client = try BlockingClient(port: server.port, buffer: 4_096)
                    try client.send(list + list)
                    clients.append(client)
                    try await wait(until: { server.server.load.unsent.added >= count })
                }
                #expect(server.server.load.unsent.bytes <= 700_000)
                let cuts = server.server.load.unsent.cuts
                #expect((1...5).contains(cuts))
                try await server.waitForConnections(6 - cuts)
                for (index, client) in clients.enumerated() {
                    let (bytes, _) = try await BlockingClient.onThread { client.exchange([]) }
                    let isWhole = RawAnswer.parse(bytes[...]).flatMap { RawAnswer.parse(bytes[$0.1...]) } != nil
                    #expect(isWhole == (index >= cuts))
                }
            }
        }

        @Test func aClientThatReadsIsNotCutForOneThatDoesNot() async throws {
            let filled = try await TestServer()
            let token = try await filled.token()
            let types = (0..<1_000).map { number in
                MediaType(type: "a/\(number)-" + String(repeating: "x", count: 240))
            }
            let request = SupportedContentRequest(
                name: "n",
                mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: types))
            )
            for _ in 0..<4 {
                let create = SupportedContentEndpoints.current.resource.create
                #expect(try await filled.call(create, NoParameters(), request, token: token).status == 200)
            }
            let target = "/api/v2/conversations/messaging/supportedcontent?pageSize=4"
            let size = try #require(await filled.send(.get, target, token: token).body).count
            try await ListeningServer.run(.with { $0.unsentBytes = size * 5 / 2 }, before: filled) { server in
                let unsent = server.server.load.unsent
                let page = "GET \(target) HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\r\n"
                var clients: [BlockingClient] = []
                func ask() async throws {
                    let client = try BlockingClient(port: server.port, buffer: 4_096)
                    try client.send(page)
                    clients.append(client)
                    try await wait(until: { unsent.added >= clients.count })
                }
                try await ask()
                try await ask()
                let reader = clients[0]
                // More than the system keeps of a connection, so that the server has sent of it since the second request.
                var bytes = try await BlockingClient.onThread { try reader.receive(size * 2 / 3) }
                try await ask()
                try await wait(until: { unsent.cuts > 0 })
                bytes += try await BlockingClient.onThread { reader.exchange([]) }.bytes
                #expect(RawAnswer.parse(bytes[...])?.0.bytes.count == size)
                let sleeper = clients[1]
                let rest = try await BlockingClient.onThread { sleeper.exchange([]) }.bytes
                #expect(RawAnswer.parse(rest[...]) == nil)
            }
        }

        @Test func requestsOfAHalfClosedClientGetResponsesWithinBounds() async throws {
            try await ListeningServer.run { server in
                let request = Self.document
                let (bytes, end) = try await BlockingClient.onThread {
                    let client = try BlockingClient(port: server.port)
                    return client.exchange([Array(String(repeating: request, count: 40).utf8)])
                }
                #expect(end == .closed)
                var rest = bytes[...]
                for _ in 0..<40 {
                    let (document, length) = try #require(RawAnswer.parse(rest))
                    #expect(document.bytes.count == OpenAPI.document.pretty.count)
                    rest = rest.dropFirst(length)
                }
                #expect(rest.isEmpty)
            }
        }
    }
}

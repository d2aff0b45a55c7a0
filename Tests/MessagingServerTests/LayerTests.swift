import HTTPTypes
import MessagingContract
import MessagingCore
import Synchronization
import Testing

@testable import MessagingServer

/// Layers around the responder.
@Suite struct LayerTests {
    /// A layer that notes the operations, and may refuse those of a method.
    private final class Noting: Layer {
        let name: String
        let refused: HTTPRequest.Method?
        let notes: Mutex<[String]>
        private let all: Noting?

        init(_ name: String, refusing refused: HTTPRequest.Method? = nil, sharing all: Noting? = nil) {
            (self.name, self.refused, self.all) = (name, refused, all)
            notes = Mutex([])
        }

        func note(_ text: String) {
            if let all { all.note(text) } else { notes.withLock { $0.append(text) } }
        }

        func respond(
            to request: IncomingRequest,
            of operation: APIOperation,
            next: Next
        ) async throws(APIError) -> OutgoingResponse {
            note("\(name) \(operation.id)")
            if operation.method == refused { throw .serviceUnavailable }
            let response = await next(request)
            note("\(name) \(response.status.code)")
            return response
        }
    }

    private static let settings = "/api/v2/conversations/messaging/settings"

    @Test(arguments: APIOperation.all + APIOperation.pages) func everyOperationPassesALayer(_ operation: APIOperation)
        async throws
    {
        let layer = Noting("a")
        let server = try await TestServer(layers: [layer])
        let token = try await server.token()
        let response = await server.send(operation.method, operation.target(["none"]), token: token, body: "{}")
        #expect(layer.notes.withLock { $0 } == ["a \(operation.id)", "a \(response.status.code)"])
    }

    @Test func theFirstLayerIsTheOutermost() async throws {
        let outer = Noting("outer")
        let server = try await TestServer(layers: [outer, Noting("inner", sharing: outer)])
        let token = try await server.token()
        let made = await server.send(.post, Self.settings, token: token, body: #"{"name":"a"}"#)
        #expect(made.status == 200)
        let id = MessagingSettingEndpoints.current.resource.create.operation.id
        #expect(outer.notes.withLock { $0 } == ["outer \(id)", "inner \(id)", "inner 200", "outer 200"])
    }

    @Test func theErrorOfALayerIsTheResponseAndNothingHappens() async throws {
        let server = try await TestServer(layers: [Noting("a", refusing: .post)])
        let token = try await server.token()
        let refused = await server.send(.post, Self.settings, token: token, body: #"{"name":"a"}"#)
        #expect((refused.status, refused.code) == (503, "service.unavailable"))
        #expect(refused.json?["contextId"]?.string == refused.fields[.correlation])
        #expect(await server.send(.get, Self.settings, token: token).json?["total"] == 0)
        let form = await server.post("grant_type=client_credentials", basic: ("x", "y"))
        #expect((form.status, form.code) == (503, nil))
        #expect(form.json?["error"] == "temporarily_unavailable")
    }

    /// A layer that passes on other requests than it gets, and may refuse afterwards.
    private struct Changing: Layer {
        let path: String
        var refuses = false

        func respond(
            to request: IncomingRequest,
            of operation: APIOperation,
            next: Next
        ) async throws(APIError) -> OutgoingResponse {
            var head = HTTPRequest(method: operation.method, scheme: "http", authority: "test", path: path)
            head.headerFields[.authorization] = request.authorization
            let response = await next(IncomingRequest(head: head))
            if refuses { throw .serviceUnavailable }
            return response
        }
    }

    @Test(arguments: [("", nil), ("?pageSize=0", 400), ("?pageSize=1", nil)])
    func aLayerMayPassOnAnotherQuery(_ query: String, _ status: Int?) async throws {
        let server = try await TestServer(layers: [Changing(path: Self.settings + query)])
        let token = try await server.token()
        let long = Self.settings + "?x=" + String(repeating: "y", count: 2_000)
        #expect(await server.send(.get, long, token: token).status.code == status ?? 200)
    }

    @Test func aRequestIsCountedAndLoggedOnceBehindAllLayers() async throws {
        let log = Lines()
        let layers: [any Layer] = [Changing(path: Self.settings, refuses: true), Noting("inner")]
        let server = try await TestServer(logger: log.logger, layers: layers)
        let token = try await server.token()
        #expect(await server.send(.get, Self.settings, token: token).status == 503)
        let lines = log.all.filter { $0.message == "request" }
        #expect(lines.map { $0["status"] } == ["503"])
        #expect(lines.first?["organization"] == server.organization)
        #expect(
            server.responder.metrics.operations.flatMap { $0.counts.statuses.map { [$0.key, $0.value] } } == [[503, 1]]
        )
    }

    @Test func bodiesOfConnectionsPassLayers() async throws {
        let layer = Noting("a")
        try await ListeningServer.run(before: try await TestServer(layers: [layer])) { server in
            let client = try await server.connect()
            let token = try await server.server.token()
            let head = "POST \(Self.settings) HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n"
            let body = #"{"name":"a"}"#
            try await client.send(head + "Content-Length: \(body.utf8.count)\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.answer().status == 100)
            #expect(try await client.ask(body).status == 200)
            let long = head + "Content-Length: 9000000\r\n\r\n"
            let refused = try await client.ask(long)
            #expect((refused.status, refused.closes) == (413, true))
            #expect(layer.notes.withLock { $0 }.filter { $0.hasSuffix("200") || $0.hasSuffix("413") }.count == 2)
            #expect(server.server.load.bodies.bytes == 0)
        }
    }
}

import HTTPTypes
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

@Suite struct SimulationTests {
    private static let log = """
        {"direction":"Inbound","mime":"image/png"}
        {"direction":"Outbound","mime":"video/mp4"}
        {"direction":"Outbound","mime":"image/png"}

        """

    /// A profile that allows inbound images.
    private static func profile(_ server: TestServer) async throws -> SupportedContent {
        let types = MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")]))
        let request = SupportedContentRequest(name: "n", mediaTypes: types)
        return try await server.call(SupportedContentEndpoints.current.resource.create, NoParameters(), request)
            .decoded()
    }

    private static func path(_ id: String) -> String { "/platform/v1/supportedcontent/\(id)/simulations" }

    @Test func aProfileIsTriedOnALog() async throws {
        let server = try await TestServer()
        let profile = try await Self.profile(server)
        let proposed = MediaTypes(allow: MediaTypeAccess(outbound: [MediaType(type: "*/*")]))
        for (parameters, passing) in [
            (SimulationParameters(profile.id), nil), (SimulationParameters(profile.id, proposing: proposed), 2),
        ] {
            let log = AttachmentLog(Array(Self.log.utf8), format: .jsonLines)
            let answer = try await server.call(SimulationEndpoints.run, parameters, log)
            #expect(answer.status == 200)
            let simulation = try Simulation(status: 200, body: answer.body ?? [])
            #expect((simulation.rows, simulation.today.allowedRows) == (3, 1))
            #expect(simulation.proposed?.allowedRows == passing)
            #expect(simulation.json == answer.json)
        }
        let read = try await server.call(SupportedContentEndpoints.current.resource.get, EntityID(profile.id), NoBody())
        #expect(try read.decoded(SupportedContent.self) == profile)
    }

    @Test func aProfileWithoutMediaTypesBlocksAll() async throws {
        let server = try await TestServer()
        let made = try await server.call(
            SupportedContentEndpoints.current.resource.create,
            NoParameters(),
            SupportedContentRequest(name: "n")
        )
        let id = try made.decoded(SupportedContent.self).id
        let log = AttachmentLog(Array(Self.log.utf8), format: .jsonLines)
        let answer = try await server.call(SimulationEndpoints.run, SimulationParameters(id), log)
        #expect(answer.json?["today"] == ["allowedRows": 0, "blockedRows": 3])
    }

    @Test(arguments: [
        "application/x-ndjson", "application/jsonl", "APPLICATION/X-NDJSON; charset=utf-8", "text/csv",
        "text/csv; header=present",
    ])
    func theContentTypeSelectsTheFormat(_ type: String) async throws {
        let server = try await TestServer()
        let csv = "direction,mime\r\nInbound,image/png\r\n"
        let answer = await server.send(
            .post,
            Self.path(try await Self.profile(server).id),
            token: try await server.token(),
            fields: [.contentType: type],
            body: type.hasPrefix("text") ? csv : Self.log
        )
        #expect(answer.status == 200)
        #expect(answer.json?["today"]?["allowedRows"] == 1)
    }

    @Test(arguments: ["application/json", "text/plain", nil])
    func anotherMediaTypeIs415(_ type: String?) async throws {
        let server = try await TestServer()
        let answer = await server.send(
            .post,
            Self.path(try await Self.profile(server).id),
            token: try await server.token(),
            fields: type.map { [.contentType: $0] } ?? [:],
            body: Self.log
        )
        #expect((answer.status, answer.code) == (415, "unsupported.media.type"))
    }

    @Test(arguments: [
        ("{", "constraint.validation", "mediaTypes"), ("[]", "invalid.value", "mediaTypes"),
        ("null", "invalid.value", "mediaTypes"),
        (#"{"allow":{"inbound":[{"type":"png"}]}}"#, "invalid.value", "mediaTypes.allow.inbound[0].type"),
        (#"{"allow":{"outbound":{}}}"#, "invalid.value", "mediaTypes.allow.outbound"),
    ])
    func anInvalidProposalIsRefusedByName(_ text: String, _ code: String, _ field: String) async throws {
        let server = try await TestServer()
        let answer = await server.send(
            .post,
            Self.path(try await Self.profile(server).id) + "?mediaTypes=\(text.percentEncoded)",
            token: try await server.token(),
            fields: [.contentType: "application/x-ndjson"],
            body: Self.log
        )
        #expect((answer.status, answer.code) == (400, code))
        #expect(answer.json?["details"]?.array?.first?["fieldName"]?.string == field)
    }

    @Test(arguments: [1, 7]) func theNumberOfRunningSimulationsIsLimited(_ limit: Int) async throws {
        let server = try await TestServer { $0.simulations = limit }
        let profile = try await Self.profile(server)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let client = SlowClient(begin, until: ended)
        var head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "test",
            path: Self.path(profile.id),
            headerFields: [.contentType: "text/csv"]
        )
        head.headerFields[.authorization] = "Bearer \(try await server.token())"
        let request = IncomingRequest(head: RequestHead(head), scheme: "http", address: nil, of: client)
        let first = Task { await server.responder.respond(to: request) }
        for await _ in begun { break }

        let log = AttachmentLog(Array(Self.log.utf8), format: .jsonLines)
        let refused = try await server.call(SimulationEndpoints.run, SimulationParameters(profile.id), log)
        #expect((refused.status, refused.code) == (503, "service.unavailable"))
        #expect(refused.fields[.retryAfter] == "1")
        #expect(refused.json?["message"]?.string?.contains("Too many simulations") == true)

        let registration = ClientRegistration(name: "other")
        _ = try await server.organizations.create(name: "Other", with: registration, by: .test)
        let token = try await server.token(of: registration)
        let standard = try await server.call(
            SupportedContentEndpoints.default.get,
            NoParameters(),
            NoBody(),
            token: token
        )
        let other = SimulationParameters(try standard.decoded(SupportedContent.self).id)
        let status = try await server.call(SimulationEndpoints.run, other, log, token: token).status
        #expect(status == (limit == 1 ? 503 : 200))

        end.finish()
        // A log in CSV without a header row: it ran to its end.
        #expect(await first.value.status == 200)
        #expect(
            try await server.call(SimulationEndpoints.run, SimulationParameters(profile.id), log).status == 200
        )
    }

    @Test func anEmptyProposalCountsAsAbsent() async throws {
        let server = try await TestServer()
        let answer = await server.send(
            .post,
            Self.path(try await Self.profile(server).id) + "?mediaTypes=",
            token: try await server.token(),
            fields: [.contentType: "application/x-ndjson"]
        )
        #expect(answer.status == 200)
        #expect(answer.json?["proposed"] == nil)
        #expect(answer.json?["rows"] == 0)
    }

    @Test func aHeaderRowThatNamesNoColumnIs400() async throws {
        let server = try await TestServer()
        let answer = await server.send(
            .post,
            Self.path(try await Self.profile(server).id),
            token: try await server.token(),
            fields: [.contentType: "text/csv"],
            body: "a,b\n1,2\n"
        )
        #expect((answer.status, answer.code) == (400, "bad.request"))
        #expect(answer.json?["message"]?.string == "The header row of the log has no column direction.")
    }

    @Test func aSimulationIsNoWriteAndIgnoresKeys() async throws {
        let server = try await TestServer()
        let profile = try await Self.profile(server)
        let token = try await server.token(
            permissions: ["messaging:supportedContent:view"],
            scopes: ["messaging:readonly"]
        )
        for body in ["", Self.log] {
            let answer = await server.send(
                .post,
                Self.path(profile.id),
                token: token,
                fields: [.contentType: "application/x-ndjson", .named("Idempotency-Key"): "same", .ifMatch: "\"x\""],
                body: body
            )
            #expect(answer.status == 200)
        }
        #expect(!SimulationEndpoints.run.operation.takesIdempotencyKey)
        #expect(!SimulationEndpoints.run.operation.isConditional)
    }
}

/// A client whose body has no bytes, and ends only when a stream does.
private final class SlowClient: ClientConnection {
    let isOpen = true
    private let begin: AsyncStream<Void>.Continuation
    private let ended: AsyncStream<Void>

    init(_ begin: AsyncStream<Void>.Continuation, until ended: AsyncStream<Void>) {
        (self.begin, self.ended) = (begin, ended)
    }

    func sendInterim(_ status: HTTPResponse.Status, _ fields: HTTPFields) async throws {}

    func body(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8] { [] }

    func nextPiece(limit: Int) async throws(APIError) -> [UInt8]? {
        begin.yield()
        for await _ in ended {}
        return nil
    }
}

import HTTPTypes
import Logging
import MessagingContract
import MessagingCore
import MessagingServer
import Synchronization
import Testing

@Suite struct RequestLogTests {
    @Test func aRequestIsOneLineWithoutItsContent() async throws {
        let log = Lines()
        let server = try await TestServer(logger: log.logger)
        let token = try await server.token()
        let secret = "hidden-in-the-request"
        let answer = await server.send(
            .post,
            "/api/v2/messaging/settings?\(secret)=1",
            token: token,
            fields: [.named("X-\(secret)"): secret, .userAgent: secret],
            body: #"{"name":"\#(secret)"}"#
        )
        let line = try #require(log.all.first)
        #expect(log.all.count == 1)
        #expect(line.message == "request")
        #expect(line.level == .info)
        #expect(line["method"] == "POST")
        #expect(line["operation"] == "postMessagingSettings")
        #expect(line["path"] == "/api/v2/messaging/settings")
        #expect(line["status"] == "200")
        #expect(line["bytes"] == String(answer.body?.count ?? 0))
        #expect(line["organization"] == server.organization)
        #expect(line["client"] == server.client.client.id)
        #expect(line["address"] == "192.0.2.1")
        #expect(line["context_id"] == answer.fields[.correlation])
        #expect(Double(line["duration_ms"] ?? "") ?? -1 >= 0)
        #expect(!line.text.contains(secret))
        #expect(!line.text.contains(token))
    }

    @Test func aHeadIsALineOfItsOperationWithoutBytes() async throws {
        let log = Lines()
        let server = try await TestServer(logger: log.logger)
        _ = await server.send(.head, "/health/live")
        let line = try #require(log.all.first)
        #expect(line["method"] == "HEAD")
        #expect(line["operation"] == "getHealthLive")
        #expect(line["bytes"] == "0")
    }

    @Test func anUnknownPathIsNotLogged() async throws {
        let log = Lines()
        let server = try await TestServer(logger: log.logger)
        _ = await server.send(.get, "/secret-path/\u{1b}", token: "secret-token")
        _ = await server.send(.get, "/api/v2/messaging/settings/secret-id", token: "secret-token")
        #expect(log.all.map { $0["status"] } == ["404", "401"])
        #expect(log.all.map { $0["path"] } == [nil, "/api/v2/messaging/settings/{messageSettingId}"])
        #expect(log.all.allSatisfy { !$0.text.contains("secret") })
    }

    @Test(arguments: ["/oauth/token", "/oauth/revoke"])
    func theLogHasTheClientThatGotATokenOrWasRefusedOne(_ path: String) async throws {
        let log = Lines()
        let server = try await TestServer(logger: log.logger)
        let (id, secret) = (server.client.client.id, server.client.secret)
        let form = "grant_type=client_credentials&token=x"
        let other = "a-secret-in-the-place-of-the-id"
        #expect(await server.post(form, to: path, basic: (id, secret)).status == 200)
        #expect(await server.post(form, to: path, basic: (id, "wrong")).status == 401)
        #expect(await server.post("\(form)&client_id=\(id)&client_secret=wrong", to: path).status == 401)
        for _ in 3...10 { #expect(await server.post(form, to: path, basic: (id, "wrong")).status == 401) }
        #expect(await server.post(form, to: path, basic: (id, secret)).status == 429)
        #expect(log.all.count == 12)
        let reasons = [nil] + [String](repeating: "invalid_client", count: 10) + ["invalid_request"]
        for (line, reason) in zip(log.all, reasons) {
            #expect(line["client"] == id)
            #expect(line["organization"] == server.organization)
            #expect(line["address"] == "192.0.2.1")
            #expect(line["reason"] == reason)
        }
        for _ in 1...11 { _ = await server.post(form, to: path, basic: (other, "x")) }
        #expect(await server.post(form, to: path).status == 401)
        let unknown = log.all.dropFirst(12)
        #expect(unknown.count == 12)
        #expect(unknown.map { $0["client"] } == [String](repeating: "unknown", count: 11) + [nil])
        #expect(unknown.allSatisfy { $0["organization"] == nil })
        for hidden in [other, secret, "wrong"] { #expect(log.all.allSatisfy { !$0.text.contains(hidden) }) }
    }

    /// A client whose secret is right, and whose request is refused for another reason.
    @Test func theLogHasTheClientWhoseFormWasRefused() async throws {
        let log = Lines()
        let server = try await TestServer(logger: log.logger)
        let basic = (server.client.client.id, server.client.secret)
        for (path, form, reason) in [
            ("/oauth/token", "grant_type=password", "unsupported_grant_type"),
            ("/oauth/token", "x=y", "invalid_request"),
            ("/oauth/token", "grant_type=client_credentials&scope=none", "invalid_scope"),
            ("/oauth/revoke", "x=y", "invalid_request"),
        ] {
            #expect(await server.post(form, to: path, basic: basic).status == 400)
            let line = try #require(log.all.last)
            #expect(line["client"] == basic.0)
            #expect(line["organization"] == server.organization)
            #expect(line["reason"] == reason)
        }
    }

    @Test func warningsOnlyMeansNoLine() async throws {
        let log = Lines()
        var logger = log.logger
        logger.logLevel = .warning
        let server = try await TestServer(logger: logger)
        _ = await server.send(.get, "/health/live")
        #expect(log.all.isEmpty)
    }

    @Test func aRefusalBeforeARequestIsALine() async throws {
        let log = Lines()
        try await ListeningServer.run(logger: log.logger) { server in
            let client = try await server.connect()
            let answer = try await client.ask("GET /secret HTTP/1.1\nHost: secret\r\n\r\n")
            #expect(answer.status == 400)
            let line = try #require(log.all.first)
            #expect(line.message == "Refused a request")
            #expect(line["status"] == "400")
            #expect(line["reason"] == "bad.request")
            #expect(line["address"] == "127.0.0.1")
            #expect(line["context_id"] == answer.fields["inin-correlation-id"])
            #expect(!line.text.contains("secret"))
        }
    }
}

/// The lines of a log.
final class Lines: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: Logger.Metadata

        subscript(name: String) -> String? { metadata[name]?.description }
        var text: String { "\(message) \(metadata)" }
    }

    private let lines = Mutex<[Line]>([])
    var all: [Line] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = Line(level: event.level, message: event.message.description, metadata: event.metadata ?? [:])
            lines.lines.withLock { $0.append(line) }
        }
    }
}

import Foundation
import HTTPTypes
import Logging
import MessagingContract
import MessagingCore
import MessagingServer
import Synchronization
import Testing

/// Generated from the list of operations: neither refusals nor the log lines about them contain a token or a secret.
@Suite struct SecrecyTests {
    @Test(arguments: APIOperation.all)
    func errorsAndLogsContainNoSecret(_ operation: APIOperation) async throws {
        let log = RecordedLog()
        let server = try await TestServer(logger: log.logger)
        let (id, secret) = (server.client.client.id, server.client.secret)
        let some = ClientRegistration(name: "some", permissions: [])
        try await server.organizations.register(some, in: server.organization, by: .test)
        let tokens = [
            try await server.token(), try await server.token(of: some), "revoked-or-never-a-token-of-anybody",
        ]
        let secrets = tokens + [secret, some.secret, Data("\(id):\(secret)".utf8).base64EncodedString()]
        let bodies = [
            "", "{", #"{"name":1}"#, "grant_type=x&client_id=\(id)&client_secret=\(secret)",
            "grant_type=client_credentials&client_id=\(id)&client_secret=\(secret)&scope=none",
        ]
        var texts: [String] = []
        for authorization in tokens.map({ "Bearer \($0)" }) + ["Basic \(secrets[5])", "Digest \(secret)"] {
            for (body, type) in bodies.flatMap({ body in
                ["application/json", "application/x-www-form-urlencoded", "text/plain"].map { (body, $0) }
            }) {
                let answer = await server.send(
                    operation.method,
                    operation.target(["x"]) + "?pageSize=x",
                    fields: [.authorization: authorization, .contentType: type],
                    body: body
                )
                guard answer.status.code >= 400 else { continue }
                texts +=
                    answer.fields.map { "\($0.name): \($0.value)" } + [
                        String(decoding: answer.body ?? [], as: UTF8.self)
                    ]
            }
        }
        #expect(!texts.isEmpty || operation.access == .open)
        let leaks = (texts + log.lines).filter { text in secrets.contains { text.contains($0) } }
        #expect(leaks.isEmpty)
    }

    @Test func theWholeLogIsRecorded() {
        let log = RecordedLog()
        log.logger.trace("a secret", metadata: ["token": "0123"])
        #expect(log.lines.count == 1)
        #expect(log.lines.allSatisfy { $0.contains("a secret") && $0.contains("0123") })
    }
}

/// All that is logged, from `trace` on.
private final class RecordedLog: Sendable {
    private let recorded = Mutex<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.recorded.withLock { $0.append("\(event.message) \(metadata) \(event.metadata ?? [:]) \(event)") }
        }
    }
}

import Logging
import MessagingSDK
import Metrics
import MetricsTestKit
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct ObservabilityTests {
    /// Keeps every line.
    final class Lines: LogHandler, Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }

        var logLevel: Logger.Level {
            get { .trace }
            set {}
        }
        var metadata: Logger.Metadata {
            get { [:] }
            set {}
        }
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { nil }
            set {}
        }

        func log(event: LogEvent) {
            lines.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
        }
    }

    @Test func aRetryIsSeenInLogsAndMetricsAndNoSecretIs() async throws {
        let lines = Lines()
        let metrics = TestMetrics()
        try await ScriptedHost.run({ number, request in
            if request.target == "/oauth/token" {
                return .answer(200, #"{"access_token":"T0P-TOKEN","expires_in":60}"#)
            }
            return number < 3
                ? .answer(503, #"{"code":"N4ME","message":"N4ME"}"#) : .answer(200, #"{"id":"a","name":"N4ME"}"#)
        }) { host in
            let client = host.client(credentials: .clientCredentials(id: "id", secret: "S3CRET")) { options in
                options.logger = Logger(label: "test") { _ in lines }
                options.metrics = metrics
            }
            _ = try await client.settings.update("a", Patch(MessagingSettingRequest(name: "N4ME")))
        }
        #expect(
            lines.all.contains { $0.hasPrefix("notice retry") && $0.contains("patchConversationsMessagingSetting") }
        )
        #expect(lines.all.contains { $0.hasPrefix("debug request") && $0.contains("200") })
        for secret in ["T0P-TOKEN", "S3CRET", "N4ME"] { #expect(!lines.all.contains { $0.contains(secret) }) }
        let operation = ("operation", "patchConversationsMessagingSetting")
        #expect(try metrics.expectCounter("messaging_client_retries", [operation]).totalValue == 1)
        let timer = try metrics.expectTimer("messaging_client_request_duration", [operation, ("status", "200")])
        #expect(timer.values.count == 1)
    }
}

import Logging
import MessagingSDK
import Metrics
import MetricsTestKit
import Synchronization
import Testing

@Suite(.generousLimit) struct ObservabilityTests {
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

    /// The waits that the log tells of a call that is refused again and again.
    private func waits(_ fields: [String: String] = [:], _ policy: RetryPolicy) async throws -> [Double] {
        let lines = Lines()
        try await ScriptedHost.run({ _, _ in .answer(503, fields: fields) }) { host in
            let client = host.client { options in
                options.retries = policy
                options.logger = Logger(label: "test") { _ in lines }
            }
            await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
        }
        return try lines.all.compactMap { line in
            try (line.firstMatch(of: /"wait": ([0-9.e-]+) seconds/)?.1).map { try #require(Double($0)) }
        }
    }

    @Test func waitsGrowTwofoldAndAreARandomPartOfThat() async throws {
        let policy = RetryPolicy(attempts: 6, firstDelay: .milliseconds(2), longestDelay: .milliseconds(16))
        let all = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<30 { group.addTask { try await waits([:], policy) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (attempt, longest) in [0.002, 0.004, 0.008, 0.016, 0.016].enumerated() {
            let each = try all.map { try #require($0.count == 5 ? $0[attempt] : nil) }
            #expect(each.allSatisfy { (longest / 10 * 0.999...longest * 1.001).contains($0) }, "\(each)")
            #expect(Set(each).count > 20)
            #expect(each.contains { $0 > longest / 2 } && each.contains { $0 < longest * 0.9 })
        }
    }

    @Test func whatTheHostAsksForComesBeforeThat() async throws {
        let policy = RetryPolicy(attempts: 2, firstDelay: .milliseconds(100))
        let waits = try await waits(["Retry-After": "1"], policy)
        #expect(waits.count == 1)
        #expect(waits.allSatisfy { (1.01...1.1001).contains($0) }, "\(waits)")
    }
}

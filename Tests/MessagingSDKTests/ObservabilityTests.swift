import Logging
import MessagingSDK
import Metrics
import MetricsTestKit
import Synchronization
import Testing

@Suite(.generousLimit) struct ObservabilityTests {
    /// A log handler that keeps every line.
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

    @Test func logsAndMetricsHaveTheRetryAndNoSecret() async throws {
        let lines = Lines()
        let metrics = TestMetrics()
        let time = ManualTime(skippingWaitsUpTo: .seconds(60))
        try await ScriptedHost.run({ number, request in
            time.pass(.milliseconds(7))
            if request.target == "/oauth/token" {
                return .response(200, #"{"access_token":"T0P-TOKEN","expires_in":60}"#)
            }
            return number < 3
                ? .response(503, #"{"code":"N4ME","message":"N4ME"}"#) : .response(200, #"{"id":"a","name":"N4ME"}"#)
        }) { host in
            let client = host.client(credentials: .clientCredentials(id: "id", secret: "S3CRET"), time: time) {
                options in
                options.logger = Logger(label: "test") { _ in lines }
                options.metrics = metrics
            }
            _ = try await client.settings.update("a", Patch(MessagingSettingRequest(name: "N4ME")))
        }
        #expect(
            lines.all.contains {
                $0.hasPrefix("notice Repeating the request") && $0.contains("patchConversationsMessagingSetting")
            }
        )
        #expect(lines.all.contains { $0.hasPrefix("debug Sent the request") && $0.contains("200") })
        for secret in ["T0P-TOKEN", "S3CRET", "N4ME"] { #expect(!lines.all.contains { $0.contains(secret) }) }
        let operation = ("operation", "patchConversationsMessagingSetting")
        #expect(try metrics.expectCounter("messaging_client_retries", [operation]).totalValue == 1)
        let timer = try metrics.expectTimer("messaging_client_request_duration", [operation, ("status", "200")])
        #expect(timer.values == [7_000_000])
    }

    /// Returns the waits between the attempts of a call that is refused again and again.
    private func waits(
        _ policy: RetryPolicy,
        random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) async throws -> [Duration] {
        let time = ManualTime(skippingWaitsUpTo: .seconds(60), random: random)
        try await ScriptedHost.run({ _, _ in .response(503) }) { host in
            let client = host.client(time: time) { $0.retries = policy }
            await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
        }
        return time.skippedWaits
    }

    private static let policy = RetryPolicy(
        attempts: 6,
        firstDelay: .milliseconds(20),
        longestDelay: .milliseconds(160)
    )

    @Test func waitsGrowTwofoldAndAreAPartOfThat() async throws {
        let longest: [Duration] = [20, 40, 80, 160, 160].map { .milliseconds($0) }
        #expect(try await waits(Self.policy) { $0.upperBound } == longest)
        #expect(try await waits(Self.policy) { $0.lowerBound } == longest.map { $0 / 10 })
    }

    @Test func thePartIsRandom() async throws {
        let all = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<30 { group.addTask { try await waits(Self.policy, random: ClientSurroundings.system.random) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (attempt, longest) in [20, 40, 80, 160, 160].map({ Duration.milliseconds($0) }).enumerated() {
            let each = try all.map { try #require($0.count == 5 ? $0[attempt] : nil) }
            #expect(each.allSatisfy { (longest / 10...longest).contains($0) }, "\(each)")
            #expect(Set(each).count > 20)
            #expect(each.contains { $0 > longest / 2 } && each.contains { $0 < longest * 9 / 10 })
        }
    }

    @Test func theWaitBeginsAfterTheTimeOfRetryAfter() async throws {
        let lines = Lines()
        let time = ManualTime(skippingWaitsUpTo: .seconds(60))
        try await ScriptedHost.run({ _, _ in .response(503, fields: ["Retry-After": "1"]) }) { host in
            let client = host.client(time: time) { options in
                options.retries = RetryPolicy(attempts: 2, firstDelay: .milliseconds(100))
                options.logger = Logger(label: "test") { _ in lines }
            }
            await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
        }
        #expect(time.skippedWaits == [.milliseconds(1_100)])
        #expect(lines.all.contains { $0.contains(#""wait": "1.1 seconds""#) || $0.contains(#""wait": 1.1 seconds"#) })
    }
}

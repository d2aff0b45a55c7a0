import Dispatch
import HTTPTypes
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

@Suite struct MetricsTests {
    private static func metrics(_ server: TestServer) async -> [String: Double] {
        let answer = await server.send(.get, "/metrics")
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let lines = String(decoding: answer.body ?? [], as: UTF8.self).split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        return Dictionary(
            lines.map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), Double(parts[1]) ?? .nan)
            }
        ) { $1 }
    }

    @Test func requestsAreCountedByOperationAndStatus() async throws {
        let server = try await TestServer(clock: TestServer.Clock(pace: 0.001))
        let token = try await server.token()
        for _ in 0..<3 { _ = await server.send(.get, "/api/v2/messaging/settings", token: token) }
        _ = await server.send(.get, "/api/v2/messaging/settings")
        _ = await server.send(.get, "/nowhere")
        let metrics = await Self.metrics(server)
        #expect(metrics[#"messaging_requests_total{operation="getMessagingSettings",status="200"}"#] == 3)
        #expect(metrics[#"messaging_requests_total{operation="getMessagingSettings",status="401"}"#] == 1)
        #expect(metrics[#"messaging_requests_total{operation="none",status="404"}"#] == 1)
        let duration = "messaging_request_duration_seconds"
        #expect(metrics[#"\#(duration)_bucket{operation="getMessagingSettings",le="+Inf"}"#] == 4)
        #expect(metrics[#"\#(duration)_count{operation="getMessagingSettings"}"#] == 4)
        #expect(metrics[#"\#(duration)_sum{operation="getMessagingSettings"}"#] ?? 0 > 0)
    }

    @Test func requestsOfSeveralThreadsAreCounted() throws {
        let metrics = RequestMetrics([])
        DispatchQueue.concurrentPerform(iterations: 20) { number in
            for _ in 0..<50 { metrics.others.count(status: 200 + number % 2, seconds: 0.125) }
        }
        let counts = try #require(metrics.operations.first?.counts)
        #expect(counts.statuses == [200: 500, 201: 500])
        #expect(counts.seconds.sum == 125)
        #expect(counts.seconds.counts.reduce(0, +) == 1_000)
    }

    @Test func writesAndTokensAreCounted() async throws {
        let server = try await TestServer(clock: TestServer.Clock(pace: 0.001))
        let before = await Self.metrics(server)
        let token = try await server.token()
        for _ in 0..<2 {
            _ = await server.send(.post, "/api/v2/messaging/settings", token: token, body: #"{"name":"n"}"#)
        }
        let after = await Self.metrics(server)
        func grown(_ name: String) -> Double? { after[name].map { $0 - (before[name] ?? 0) } }
        #expect(grown(#"messaging_commits_total{outcome="committed"}"#) == 2)
        #expect(grown(#"messaging_commits_total{outcome="unknown"}"#) == 0)
        #expect(grown(#"messaging_commit_writes_bucket{le="1.0"}"#) == 2)
        #expect(grown("messaging_commit_duration_seconds_count") == 2)
        #expect(grown("messaging_tokens_issued_total") == 1)
        #expect(grown("messaging_token_cache_misses_total") == 1)
        #expect(grown("messaging_token_cache_hits_total") == 1)
        #expect(after["messaging_writes_waiting"] == 0)
        #expect(after["messaging_snapshots"] == 1)
        #expect((after["messaging_snapshot_bytes"] ?? 0) > 4_096)
        #expect(after["messaging_snapshot_loads_total"] == 1)
        #expect(after["messaging_snapshot_evictions_total"] == 0)
        #expect(after["messaging_snapshot_large_loads_total"] == 0)
    }

    @Test func metricsContainNothingOfAnOrganization() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        _ = await server.send(.get, "/api/v2/messaging/settings/some-id", token: token)
        let text = String(decoding: await server.send(.get, "/metrics").body ?? [], as: UTF8.self)
        for own in [server.organization, server.client.client.id, "some-id", token] { #expect(!text.contains(own)) }
    }

    @Test func metricsNameTheBuild() async throws {
        let server = try await TestServer { $0.build = BuildInfo(commit: "0123456789ab", sqlite: "3.0.0") }
        let text = String(decoding: await server.send(.get, "/metrics").body ?? [], as: UTF8.self)
        let labels = "version=\"\(Release.version)\",commit=\"0123456789ab\",sqlite=\"3.0.0\",configuration="
        #expect(text.contains("\nmessaging_build_info{\(labels)"))
    }

    @Test func connectionsAndRefusalsAreCounted() async throws {
        try await ListeningServer.run(.with { $0.connections = 1 }) { server in
            let client = try await server.connect()
            #expect(try await client.ask(live).status == 200)
            let second = try await server.connect()
            #expect(try await second.answer().status == 503)
            _ = await second.rest()
            let metrics = await Self.metrics(server.server)
            #expect(metrics["messaging_connections_open"] == 1)
            #expect(metrics["messaging_connections_refused_total"] == 1)
            #expect(metrics[#"messaging_refusals_total{status="503"}"#] == 1)
        }
    }
}

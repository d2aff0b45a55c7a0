import Foundation
import MessagingContract
import MessagingServer
import Testing

/// Mutated requests against the real server over real sockets. `FUZZ_REQUESTS` sets their number, `FUZZ_SEED` the seed; `FUZZ_ONLY` picks
/// one of them, or some in a row.
@Suite struct FuzzTests {
    @Test func mutatedRequestsDoNotBreakTheServer() async throws {
        // A client of the server gets tokens all the time, and they do not expire meanwhile.
        let roomy = try await TestServer(tokensPerClient: 1_000_000)
        try await ListeningServer.run(.with { $0.linger = .seconds(300) }, before: roomy) { server in
            let run = try FuzzRun(server, environment: ProcessInfo.processInfo.environment)
            let clock = ContinuousClock()
            let start = clock.now
            try await run.run()
            let time = clock.now - start
            print("fuzz: seed \(run.seed), \(run.indices.count) requests in \(time): \(run.findings.summary)")
            for complaint in run.findings.complaints { Issue.record("\(complaint)") }
            if run.indices.count >= 10_000, run.findings.complaints.isEmpty {
                let missing = Set(APIOperation.all.map(\.id)).subtracting(run.findings.succeeded)
                #expect(missing.isEmpty, "operations that never succeeded, so that their handlers were not fuzzed")
            }
            #expect(try await server.connect().ask(live).status == 200)
        }
    }
}

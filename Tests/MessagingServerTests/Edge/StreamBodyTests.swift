import Foundation
import MessagingContract
import MessagingCore
import MessagingServer
import Synchronization
import Testing

extension Edge {
    @Suite struct StreamBodyTests {
        private let clock = ContinuousClock()
        private static let row = #"{"direction":"Inbound","mime":"image/png","filename":"a.png"}"# + "\n"

        /// Streams are cut soon, all else late.
        private static let impatient = Limits.with { $0.streamSlack = .milliseconds(300) }

        /// The head of a simulation of the default profile.
        private static func head(_ token: String, _ profile: String, _ fields: String) -> String {
            "POST /platform/v1/supportedcontent/\(profile)/simulations HTTP/1.1\r\nHost: test\r\n"
                + "Authorization: Bearer \(token)\r\nContent-Type: application/x-ndjson\r\n\(fields)\r\n"
        }

        private static func head(_ server: ListeningServer, _ fields: String) async throws -> String {
            head(try await server.server.token(), try await profile(server), fields)
        }

        private static func profile(_ server: ListeningServer) async throws -> String {
            let answer = try await server.server.call(SupportedContentEndpoints.default.get, NoParameters(), NoBody())
            return try answer.decoded(SupportedContent.self).id
        }

        private static func chunk(_ text: String) -> String {
            "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
        }

        /// The server requests the body once its caller is authorized. If that took longer than a request may take, the test tries again.
        @Test func aStreamMayTakeLongerThanARequest() async throws {
            let limits = Limits.with { ($0.request, $0.streamRate, $0.streamSlack) = (.seconds(1), 60, .seconds(300)) }
            try await ListeningServer.run(limits) { server in
                let head = try await Self.head(server, "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n")
                var client = try await server.connect()
                while try await client.ask(head).status == 408 { client = try await server.connect() }
                let start = clock.now
                var rows = 0
                while clock.now - start <= .milliseconds(1_500) {
                    try await client.send(Self.chunk(Self.row))
                    rows += 1
                    try await clock.sleep(for: .milliseconds(50))
                }
                let answer = try await client.ask("0\r\n\r\n")
                #expect(answer.status == 200)
                #expect(answer.json?["rows"] == JSON(integerLiteral: rows))
                #expect(try await client.ask(live).status == 200)
            }
        }

        @Test(arguments: ["Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n"])
        func aStreamThatStallsIsCut(_ length: String) async throws {
            try await ListeningServer.run(Self.impatient) { server in
                let client = try await server.connect()
                try await client.send(try await Self.head(server, length))
                let answer = try await client.ask(length.contains("chunked") ? Self.chunk(Self.row) : Self.row)
                await expectRefusal(answer, 408, "client.timeout", from: client)
            }
        }

        @Test func aSlowStreamIsCut() async throws {
            try await ListeningServer.run(Self.impatient) { server in
                let client = try await server.connect()
                try await client.send(try await Self.head(server, "Content-Length: 100000\r\n"))
                while !client.hasInput, !client.isClosed {
                    client.push(" ")
                    try await clock.sleep(for: .milliseconds(5))
                }
                await expectRefusal(try await client.answer(), 408, "client.timeout", from: client)
            }
        }

        @Test func aStreamOverTheLimitIsRefusedBeforeItIsSent() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(
                    try await Self.head(server, "Expect: 100-continue\r\nContent-Length: \((256 << 20) + 1)\r\n")
                )
                await expectRefusal(answer, 413, "request.entity.too.large", from: client)
            }
        }

        @Test func aStreamIsNotReadBeforeItsCallerIsAuthorized() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let stranger = try await server.server.token(permissions: [])
                let profile = try await Self.profile(server)
                let length = "Expect: 100-continue\r\nContent-Length: 100000000\r\n"
                for (head, status, code) in [
                    (Self.head("wrong", profile, length), 401, "bad.credentials"),
                    (Self.head(stranger, profile, length), 403, "missing.permissions"),
                    (Self.head(token, "nothing", length), 404, "not.found"),
                    (Self.head(token, "\(profile)?mediaTypes=1", length), 404, "not.found"),
                    (
                        Self.head(token, profile, length).replacing("x-ndjson", with: "json"), 415,
                        "unsupported.media.type"
                    ),
                    (
                        Self.head(token, profile, length).replacing("simulations", with: "simulations?mediaTypes=1"),
                        400,
                        "invalid.value"
                    ),
                ] {
                    let client = try await server.connect()
                    await expectRefusal(try await client.ask(head), status, code, from: client)
                }
            }
        }

        @Test func aHeldBackStreamGets100() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let head = try await Self.head(
                    server,
                    "Expect: 100-continue\r\nContent-Length: \(Self.row.utf8.count)\r\n"
                )
                #expect(try await client.ask(head).status == 100)
                #expect(try await client.ask(Self.row).json?["rows"] == 1)
                #expect(try await client.ask(live).status == 200)
            }
        }

        @Test func aStreamWhoseClientLeavesEnds() async throws {
            let log = Lines()
            try await ListeningServer.run(logger: log.logger) { server in
                let client = try await server.connect()
                try await client.send(try await Self.head(server, "Content-Length: 1000000\r\n") + Self.row)
                try await client.close()
                try await server.waitForConnections(0)
                let operation = SimulationEndpoints.run.operation.id
                while !log.all.contains(where: { $0["operation"] == operation }) { await Task.yield() }
                #expect(log.all.first { $0["operation"] == operation }?["status"] == "400")
            }
        }

        /// While the test holds the work lane, no log makes progress. So reads that get a response meanwhile wait for no work on logs. The
        /// logs lack their last byte until then, so the end of a log does not wait for the lane either.
        @Test func readingLogsDelaysNoOtherRequests() async throws {
            try await ListeningServer.run(before: try await TestServer { $0.simulations = 1_000 }) { server in
                let rows = 20_000
                let body = String(repeating: Self.row, count: rows)
                let head = try await Self.head(
                    server,
                    "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n"
                )
                // More than the machine has cores, so that all of them would be busy.
                var writers: [RawClient] = []
                for _ in 0...ProcessInfo.processInfo.activeProcessorCount {
                    let writer = try await server.connect()
                    #expect(try await writer.ask(head).status == 100)
                    writers.append(writer)
                }
                let client = try await server.connect()
                let request = try await server.read(.atOnce)
                try await HeldLane.hold {
                    for writer in writers { writer.push(String(body.dropLast())) }
                    let patience = clock.now + .seconds(60)
                    while WorkLane.shared.waitingJobs < writers.count {
                        try #require(clock.now < patience, "the work on logs does not wait for the lane")
                        try await clock.sleep(for: .milliseconds(2))
                    }
                    for _ in 0..<200 { #expect(try await client.ask(request).status == 200) }
                    #expect(!writers.contains { $0.hasInput })
                }
                for writer in writers {
                    #expect(try await writer.ask(String(body.suffix(1))).json?["rows"] == JSON(integerLiteral: rows))
                }
            }
        }
    }
}

/// A hold on all threads of the shared work lane.
private final class HeldLane: Sendable {
    private let threads = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    private let held = Mutex(0)
    private let mayEnd = DispatchSemaphore(value: 0)

    /// Runs `body` while the lane runs nothing. Other tests that need the lane wait meanwhile.
    static func hold(_ body: () async throws -> Void) async throws {
        let lane = HeldLane()
        let jobs = (0..<lane.threads).map { number in Task { await lane.holdThread("held \(number)") } }
        defer { for _ in jobs { lane.mayEnd.signal() } }
        try await wait(until: { lane.held.withLock { $0 == jobs.count } })
        try await body()
    }

    private func holdThread(_ organization: String) async {
        await WorkLane.shared.run(for: organization) {
            self.held.withLock { $0 += 1 }
            self.mayEnd.wait()
        }
    }
}

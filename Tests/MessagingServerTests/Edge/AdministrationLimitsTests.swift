import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore
import Synchronization
import Testing

@testable import MessagingServer

/// The limits of a connection to the administration socket, and the responses to its client, by a clock that the test moves.
@Suite(.generousLimit) struct AdministrationLimitsTests {
    /// An operation that the test lets continue.
    private final class Command: Sendable {
        enum Step { case report(Int), end }

        private let steps = AsyncStream.makeStream(of: Step.self)
        private let failed = Mutex(false)

        /// Whether a report found that the client is gone.
        var foundNobody: Bool { failed.withLock { $0 } }

        func go(_ step: Step) { steps.continuation.yield(step) }

        var responder: Responder {
            var routes = Routes(of: APIOperation.administration)
            routes.on(AdministrationEndpoints.listOrganizations) { (_, _, call) throws(APIError) in
                do {
                    try await call.request.reportProgress()
                    for await step in self.steps.stream {
                        guard case .report(let done) = step else { break }
                        try await call.request.reportProgress([.progress: "\(done)/2"])
                    }
                } catch {
                    self.failed.withLock { $0 = true }
                }
                return Reply(EntityList([]))
            }
            return Responder(routes, identity: nil, in: .system, logger: .silent)
        }
    }

    private static func request(_ fields: String = "Prefer: progress\r\n", version: String = "1.1") -> String {
        "GET /platform/v1/administration/organizations HTTP/\(version)\r\nHost: localhost\r\n\(fields)\r\n"
    }

    private static func run(_ body: (TimedConnection, Command) async throws -> Void) async throws {
        let command = Command()
        try await TimedConnection.run(.administration, responder: command.responder) { try await body($0, command) }
    }

    @Test func sixteenConnectionsAreServed() { #expect(Limits.administration.connections == 16) }

    @Test func anIdleConnectionIsClosed() async throws {
        try await Self.run { connection, _ in
            await connection.pass(.seconds(9))
            #expect(connection.isOpen)
            await connection.pass(.seconds(1))
            #expect(!connection.isOpen)
        }
    }

    @Test func anIncompleteRequestEndsTheConnection() async throws {
        try await Self.run { connection, _ in
            try await connection.send("POST /platform/v1/administration/backups HTTP/1.1\r\n")
            await connection.pass(.seconds(9))
            #expect(try await connection.unread() == "")
            await connection.pass(.seconds(1))
            let answer = try await connection.answer()
            expectError(answer, 408, "client.timeout")
            #expect(answer.closes)
        }
    }

    @Test func aCommandMayRunForLongAndTheNextRequestHasItsTime() async throws {
        try await Self.run { connection, command in
            let begun = try await connection.ask(Self.request())
            #expect((begun.status, begun.reason) == (102, "Processing"))
            #expect(begun.fields.isEmpty)
            await connection.pass(.seconds(3_600))
            command.go(.report(1))
            let progress = try await connection.answer()
            #expect(progress.status == 102)
            #expect(progress.fields == ["messaging-progress": "1/2"])
            await connection.pass(.seconds(3_600))
            command.go(.end)
            #expect(try await connection.answer().json == ["entities": []])
            await connection.pass(.seconds(9))
            #expect(try await connection.ask(Self.request()).status == 102)
            await connection.pass(.seconds(60))
            #expect(connection.isOpen)
            command.go(.end)
            #expect(try await connection.answer().status == 200)
            await connection.pass(.seconds(9))
            #expect(connection.isOpen)
            await connection.pass(.seconds(1))
            #expect(!connection.isOpen)
        }
    }

    @Test(arguments: ["", "Prefer: respond-async\r\n"])
    func noProgressIsReportedUnrequested(_ fields: String) async throws {
        try await Self.run { connection, command in
            try await connection.send(Self.request(fields))
            command.go(.report(1))
            command.go(.end)
            #expect(try await connection.answer().status == 200)
        }
    }

    /// RFC 9110, 15.2.
    @Test func aClientOfHTTP10HearsOfNoProgress() async throws {
        try await Self.run { connection, command in
            try await connection.send(Self.request(version: "1.0"))
            command.go(.report(1))
            command.go(.end)
            let answer = try await connection.answer()
            #expect(answer.status == 200)
            #expect(answer.json == ["entities": []])
            #expect(answer.closes)
            #expect(!command.foundNobody)
        }
    }

    @Test func aCommandLearnsThatItsClientOfHTTP10IsGone() async throws {
        try await Self.run { connection, command in
            try await connection.send(Self.request(version: "1.0"))
            #expect(try await connection.unread().isEmpty)
            try await connection.close()
            command.go(.report(1))
            while !command.foundNobody { await Task.yield() }
        }
    }

    @Test(arguments: ["", "Prefer: progress\r\n", "Prefer: wait=1, Progress\r\n"])
    func aCommandDetectsThatItsClientIsGone(_ fields: String) async throws {
        try await Self.run { connection, command in
            try await connection.send(Self.request(fields))
            #expect(try await connection.unread().isEmpty == fields.isEmpty)
            try await connection.close()
            #expect(!command.foundNobody)
            command.go(.report(1))
            while !command.foundNobody { await Task.yield() }
        }
    }
}

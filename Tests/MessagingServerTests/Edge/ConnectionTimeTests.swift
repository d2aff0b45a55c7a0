import MessagingContract
import Testing

@testable import MessagingServer

/// The time that a connection has, on a clock that the test moves: nothing happens a second before it must, and everything when it must.
@Suite(.generousLimit) struct ConnectionTimeTests {
    private static let post =
        "POST /oauth/token HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    /// Expects that the server has closed the connection and sent nothing more.
    private static func expectEnd(of connection: TimedConnection) async throws {
        #expect(!connection.isOpen)
        #expect(try await connection.unread() == "")
    }

    private static func expectRefusal(_ answer: RawAnswer, from connection: TimedConnection) async throws {
        expectError(answer, 408, "client.timeout")
        #expect(answer.closes)
        try await expectEnd(of: connection)
    }

    private static func expectOAuthRefusal(_ answer: RawAnswer, from connection: TimedConnection) async throws {
        expectOAuthError(answer, 408)
        #expect(answer.closes)
        try await expectEnd(of: connection)
    }

    @Test func aSlowHeadIsCut() async throws {
        try await TimedConnection.run(.with { $0.head = .seconds(10) }) { connection in
            try await connection.dribble("GET /xxxx")
            #expect(try await connection.unread() == "")
            try await connection.dribble("x")
            try await Self.expectRefusal(try await connection.answer(), from: connection)
        }
    }

    @Test func aHeadCompleteAtTheLastMomentGetsItsResponse() async throws {
        try await TimedConnection.run(.with { $0.head = .seconds(10) }) { connection in
            try await connection.dribble(String(live.prefix(9)))
            #expect(try await connection.ask(String(live.dropFirst(9))).status == 200)
        }
    }

    @Test func aSlowHeadAtTheTokenEndpointGetsItsErrorForm() async throws {
        try await TimedConnection.run(.with { $0.head = .seconds(10) }) { connection in
            try await connection.send("POST /oauth/token HTTP/1.1\r\nHo")
            await connection.pass(.seconds(9))
            #expect(try await connection.unread() == "")
            await connection.pass(.seconds(1))
            try await Self.expectOAuthRefusal(try await connection.answer(), from: connection)
        }
    }

    @Test func theFirstHeadHasTimeFromTheOpeningOn() async throws {
        try await TimedConnection.run(.with { $0.head = .seconds(10) }) { connection in
            await connection.pass(.seconds(9))
            try await connection.send("G")
            #expect(try await connection.unread() == "")
            #expect(connection.isOpen)
            await connection.pass(.seconds(1))
            try await Self.expectRefusal(try await connection.answer(), from: connection)
        }
    }

    @Test func aLaterHeadHasTimeFromItsFirstByteOn() async throws {
        let limits = Limits.with { ($0.head, $0.idle) = (.seconds(10), .seconds(60)) }
        try await TimedConnection.run(limits) { connection in
            #expect(try await connection.ask(live).status == 200)
            await connection.pass(.seconds(50))
            #expect(try await connection.ask(live).status == 200)
            await connection.pass(.seconds(50))
            #expect(try await connection.ask(live + "GET /oauth/token HT").status == 200)
            await connection.pass(.seconds(9))
            #expect(try await connection.unread() == "")
            await connection.pass(.seconds(1))
            try await Self.expectOAuthRefusal(try await connection.answer(), from: connection)
        }
    }

    @Test(arguments: ["Content-Length: 10000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2000\r\n"])
    func aSlowBodyIsCut(_ length: String) async throws {
        try await TimedConnection.run(.with { $0.request = .seconds(30) }) { connection in
            try await connection.send(Self.post + length)
            try await connection.dribble(String(repeating: "x", count: 29))
            #expect(try await connection.unread() == "")
            try await connection.dribble("x")
            try await Self.expectOAuthRefusal(try await connection.answer(), from: connection)
        }
    }

    @Test func anUnreadBodyIsCutWithoutASecondResponse() async throws {
        try await TimedConnection.run(.with { $0.request = .seconds(30) }) { connection in
            let answer = try await connection.ask(
                "POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nabc"
            )
            expectError(answer, 404, "not.found")
            #expect(!answer.closes)
            await connection.pass(.seconds(29))
            #expect(connection.isOpen)
            await connection.pass(.seconds(1))
            try await Self.expectEnd(of: connection)
        }
    }

    /// With reads that the event loop handles at once, and with requests that a task handles.
    @Test(arguments: [true, false]) func anIdleConnectionIsClosedWithoutAResponse(_ isAtOnce: Bool) async throws {
        try await TimedConnection.run(.with { $0.idle = .seconds(60) }) { connection in
            let token = try await connection.server.token()
            let read = "GET /api/v2/users/me HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\r\n"
            for _ in 0..<3 {
                #expect(try await !connection.ask(isAtOnce ? read : live).closes)
                await connection.pass(.seconds(59))
                #expect(connection.isOpen)
            }
            await connection.pass(.seconds(1))
            try await Self.expectEnd(of: connection)
        }
    }
}

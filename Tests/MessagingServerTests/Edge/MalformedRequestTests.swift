import MessagingServer
import Testing

extension Edge {
    @Suite struct MalformedRequestTests {
        private static let post = "POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\n"

        @Test(
            arguments: [
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a, b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nX: a\u{7F}b\r\n\r\n",
                "GET /health/live HTTP/1.1\nHost: a\n\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\n\n",
                "GET /health/live\r\nHost: a\r\n\r\n",
                "GET  /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/1.7\r\nHost: a\r\n\r\n",
                "GET /health/live HTTQ/1.1\r\nHost: a\r\n\r\n",
                "GET health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http:///health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://?health HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET HTTPS://:80/health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "get /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "BREW /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\u{0}T /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "nonsense\r\n\r\n",
                "\u{0}",
            ],
            Way.allCases
        )
        func malformedRequestsAreRefusedAndTheConnectionClosed(_ request: String, _ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let request = way == .atOnce ? request.asRead(with: try await server.server.token()) : request
                await expectRefusal(try await client.ask(request), 400, "bad.request", from: client)
            }
        }

        @Test(
            arguments: [
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
                "Content-Length: 5, 5\r\n\r\nabcde",
                "Content-Length: -5\r\n\r\nabcde",
                "Content-Length: +5\r\n\r\nabcde",
                "Content-Length: 0x5\r\n\r\nabcde",
                "Content-Length: 5 5\r\n\r\nabcde",
                "Content-Length:\r\n\r\nabcde",
                "Content-Length: 18446744073709551621\r\n\r\nabcde",
                "Content-Length: 9223372036854775808\r\n\r\nabcde",
                "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u{B}chunked\r\n\r\n0\r\n\r\n",
            ],
            Way.allCases
        )
        func ambiguousLengthsAreRefused(_ rest: String, _ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let read = try await server.read(way)
                let head = way == .atOnce ? String(read.dropLast()) : Self.post
                try await client.send(head + rest + read)
                await expectRefusal(try await client.answer(), 400, "bad.request", from: client)
            }
        }

        @Test(arguments: [
            "x\r\n", "-1\r\n", "5\r\nabcdeX", "5\nabcde\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\n",
            "5\r\nabcde\r\n0\r\nA\r\n\r\n",
            "0x5\r\nabcde\r\n", " 5\r\nabcde\r\n", "\r\n", "5;\0\r\nabcde\r\n",
        ])
        func badChunksAreRefused(_ chunks: String) async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let client = try await server.connect()
                try await client.send(
                    "\(Self.post)Authorization: Bearer \(token)\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)"
                )
                await expectRefusal(try await client.answer(), 400, "bad.request", from: client)
            }
        }

        @Test func aHostIsNotNeededInHTTP10() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask("GET /health/live HTTP/1.0\r\n\r\n")
                #expect(answer.status == 200)
                #expect(answer.closes)
                #expect(await client.rest() == "")
            }
        }

        @Test func aTruncatedRequestIsRefused() async throws {
            try await ListeningServer.run { server in
                for text in ["GET /health", "\(Self.post)Content-Length: 5\r\n\r\nab"] {
                    let client = try await server.connect()
                    try await client.send(text)
                    try await client.closeOutput()
                    let answer = try await client.answer()
                    #expect(answer.status == (text.hasPrefix("POST") ? 401 : 400))
                    #expect(await client.rest() == "")
                }
            }
        }
    }
}

extension String {
    /// The same request for an operation that is handled where it arrives, with a token in its last field.
    fileprivate func asRead(with token: String) -> String {
        let line = hasSuffix("\r\n\r\n") ? "Authorization: Bearer \(token)\r\n" : ""
        let cut = hasSuffix("\r\n\r\n") ? dropLast(1) : self[...]
        return cut.replacing("/health/live", with: "/api/v2/users/me") + line + (line.isEmpty ? "" : "\r\n")
    }
}

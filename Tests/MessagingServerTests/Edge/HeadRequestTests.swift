import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

extension Edge {
    /// HEAD beside GET (RFC 9110, section 9.3.2).
    @Suite struct HeadRequestTests {
        private static let settings = "/api/v2/conversations/messaging/settings"

        @Test func aHeadHasTheResponseOfItsGetWithoutTheBody() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let made = await server.server.send(.post, Self.settings, token: token, body: #"{"name":"a"}"#)
                let id = try #require(made.json?["id"]?.string)
                let poor = try await server.server.token(permissions: [], scopes: [])
                let callers = [
                    "Authorization: Bearer \(token)\r\n", "Authorization: Bearer \(token)\r\nIf-None-Match: *\r\n",
                    "Authorization: Bearer \(token)\r\nIf-Match: \"x\"\r\n", "Authorization: Bearer \(poor)\r\n", "",
                ]
                var statuses: Set<Int> = []
                for operation in APIOperation.all where operation.method == .get {
                    for fields in callers {
                        let target = operation.target([id])
                        let (head, get) = try await Self.ask(target, fields, server)
                        #expect(head.bytes.isEmpty && head.isWellFormed)
                        #expect(Self.comparable(head, target) == Self.comparable(get, target), "\(target) \(fields)")
                        statuses.insert(head.status)
                    }
                }
                #expect(statuses.isSuperset(of: [200, 204, 304, 401, 403, 404, 412]))
            }
        }

        /// The same through the handler of a large page, whose body is sent in parts.
        @Test func aHeadOfALargePageHasItsLengthAndNothingElse() async throws {
            try await ListeningServer.run(.with { $0.partBytes = 1_024 }) { server in
                let token = try await server.server.token()
                for number in 0..<20 {
                    let body = #"{"name":"\#(String(repeating: "n", count: 200))\#(number)"}"#
                    _ = await server.server.send(.post, Self.settings, token: token, body: body)
                }
                let fields = "Authorization: Bearer \(token)\r\n"
                let (head, get) = try await Self.ask("\(Self.settings)?pageSize=100", fields, server)
                #expect(get.bytes.count > 4_096)
                #expect(head.bytes.isEmpty)
                #expect(head.fields["content-length"] == "\(get.bytes.count)")
            }
        }

        @Test(arguments: [
            "HEAD / HTTP/1.1\r\n\r\n", "HEAD / HTTP/2.0\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.1\r\nX: \0",
            "HEAD /\(String(repeating: "x", count: 9_000))", "\r\nHEAD / HTTP/1.1\n",
            "HEAD / HTTP/1.1\r\nX: \(String(repeating: "x", count: 17_000))",
        ])
        func aHeadRefusedBeforeRoutingHasNoBody(_ request: String) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                try await client.send(request)
                let bytes = Array(await client.rest().utf8)
                let (answer, length) = try #require(RawAnswer.parse(bytes[...], isAll: true))
                #expect([400, 414, 431].contains(answer.status) && answer.isWellFormed && answer.closes)
                #expect(length == bytes.count && answer.bytes.isEmpty)
                #expect(Int(answer.fields["content-length"] ?? "") ?? 0 > 0)
            }
        }

        /// Sends a HEAD, a GET and another request on one connection, and reads all responses.
        private static func ask(
            _ target: String,
            _ fields: String,
            _ server: ListeningServer
        ) async throws -> (head: RawAnswer, get: RawAnswer) {
            let client = try await server.connect()
            let requests = ["HEAD", "GET"].map { "\($0) \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n" }
            try await client.send(
                requests.joined() + "GET /health/live HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
            )
            var rest = Array(await client.rest().utf8)[...]
            var answers: [RawAnswer] = []
            while let (answer, length) = RawAnswer.parse(rest, isAll: true) {
                answers.append(answer)
                rest = rest.dropFirst(length)
            }
            #expect(rest.isEmpty)
            try #require(answers.count == 3)
            #expect(answers[2].json?["status"] == "up")
            return (answers[0], answers[1])
        }

        private static func comparable(_ answer: RawAnswer, _ target: String) -> [String: String] {
            var fields = answer.fields
            for name in [
                "inin-correlation-id", "genesys-correlation-id", "date", "inin-ratelimit-count", "inin-ratelimit-reset",
            ] + (target == "/metrics" ? ["content-length"] : [])
            where fields[name] != nil { fields[name] = "some" }
            fields["status"] = "\(answer.status) \(answer.reason)"
            return fields
        }
    }
}

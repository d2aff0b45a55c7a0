import HTTPTypes
import MessagingContract
import Randomness
import Testing

@testable import MessagingServer

extension Edge {
    /// Reads that are handled where they arrive.
    @Suite struct ReadTests {
        private static let settings = "/api/v2/conversations/messaging/settings"

        private static func head(_ method: String, _ target: String, _ token: String, _ fields: String = "") -> String {
            "\(method) \(target) HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer \(token)\r\n\(fields)\r\n"
        }

        private static func create(_ name: String, _ token: String) -> String {
            let body = #"{"name":"\#(name)"}"#
            return head("POST", settings, token, "Content-Length: \(body.utf8.count)\r\n") + body
        }

        @Test func readsAndWritesInOneSegmentGetResponsesInOrder() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let token = try await server.server.token()
                let list = Self.head("GET", Self.settings, token)
                let missing = Self.head("GET", "\(Self.settings)/none", token)
                try await client.send(list)
                #expect(try await client.answer().json?["total"] == 0)
                try await client.send(
                    list + list + Self.create("a", token) + list + missing + list + Self.create("b", token) + list
                        + live + list
                )
                var totals: [JSON?] = []
                for _ in 0..<10 { totals.append(try await client.answer().json?["total"]) }
                #expect(totals == [0, 0, nil, 1, nil, 1, nil, 2, nil, 2])
                #expect(try await client.ask(list).json?["total"] == 2)
                #expect(!client.isClosed)
            }
        }

        @Test func aReadThatArrivesInPiecesGetsItsResponse() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let read = Self.head("GET", Self.settings, try await server.server.token())
                #expect(try await client.ask(read).status == 200)
                for cut in [1, 10, 60, read.utf8.count - 1] {
                    try await client.send(read + String(read.prefix(cut)))
                    #expect(try await client.answer().status == 200)
                    #expect(try await client.ask(String(read.dropFirst(cut)) + read).status == 200)
                    #expect(try await client.answer().status == 200)
                }
            }
        }

        /// A server with one setting, a client, and a reader that knows what the server must do.
        private struct World {
            let server: ListeningServer
            let token: String
            let naive: NaiveReader
            private(set) var client: RawClient
            /// The number of requests that were compared.
            private(set) var count = 0

            init(_ server: ListeningServer) async throws {
                self.server = server
                token = try await server.server.token()
                let made = await server.server.send(.post, ReadTests.settings, token: token, body: #"{"name":"a"}"#)
                let id = try #require(made.json?["id"]?.string)
                naive = NaiveReader(token: token, object: (id, try #require(made.fields[.eTag])))
                client = try await server.connect()
            }

            private func counts() -> [String: [Int: Int]] {
                let all = server.server.responder.metrics.operations.map { ($0.name, $0.counts.statuses) }
                return Dictionary(uniqueKeysWithValues: all)
            }

            /// Sends a request, and expects the outcome that the naive reader finds: the status, and the operation that was counted.
            mutating func compare(_ request: String) async throws {
                if client.isClosed { client = try await server.connect() }
                let before = counts()
                let answer = try await client.ask(request)
                let counted = counts().first { name, statuses in statuses != before[name] ?? [:] }
                let operation = counted?.key == "none" ? nil : counted?.key
                let outcome = NaiveReader.Outcome(operation: operation, status: answer.status)
                #expect(outcome == naive.outcome(of: request), "\(request)")
                if answer.closes { _ = await client.rest() }
                count += 1
            }
        }

        @Test func everyReadHasTheOutcomeThatANaiveReaderFinds() async throws {
            try await ListeningServer.run { server in
                var world = try await World(server)
                let (id, tag, token) = (world.naive.object.id, world.naive.object.tag, world.token)
                for operation in APIOperation.all + APIOperation.pages {
                    for target in ["", "?", "?x=%31&y=+", "?%zz", "?x=%", "?x=%ff"] {
                        try await world.compare(Self.head("GET", operation.target([id]) + target, token))
                    }
                    try await world.compare(Self.head("GET", operation.target([id]), "garbage"))
                    try await world.compare(Self.head("GET", operation.target(["none"]), token))
                }
                let one = "\(Self.settings)/\(id)"
                for field in [
                    "If-None-Match: \(tag)\r\n", "if-none-match: \"x\", W/\(tag)\r\n", "If-None-Match: *\r\n",
                    "If-None-Match: x\r\n", "If-None-Match:\r\n", "If-Match: \(tag)\r\n", "If-Match: \"x\"\r\n",
                    "If-Match: W/\(tag)\r\n", "If-None-Match: \"x\"\r\nIf-None-Match: \(tag)\r\n",
                    "If-Match: \"x\"\r\nIF-MATCH: \(tag)\r\nIf-None-Match: \"y\"\r\n",
                    "Accept: text/html\r\nContent-Type: text/plain\r\nX:\r\n", "Connection: keep-alive\r\n",
                    "Connection: close\r\n", "Origin: https://x.example\r\n", "Content-Length: 0\r\n",
                    "Content-Length: 00\r\n", "Expect: 100-continue\r\n", "X-Forwarded-For: 192.0.2.9\r\n",
                    "Idempotency-Key: a\r\n", "Upgrade: h2c\r\n",
                ] {
                    try await world.compare(Self.head("GET", one, token, field))
                }
                for target in [
                    "/", "//", "\(Self.settings)/", "\(Self.settings)/%20", "\(one)/", "\(Self.settings)//\(id)",
                    "\(one)%00", "\(one)%a9", "\(one)%ff", "\(one)%c3%28", "http://test\(one)", "HTTPS://test",
                    "http://test?x", "\(Self.settings)?",
                    "\(Self.settings)/default", "\(Self.settings)/%64efault",
                    "\(Self.settings)/%3\(id.prefix(1))\(id.dropFirst())", "\(Self.settings)/%253\(id)",
                    "\(Self.settings)/..", "\(Self.settings)/.", "\(Self.settings)/%2e%2e", "\(Self.settings)%2F\(id)",
                    "/%61pi\(one.dropFirst(4))", "/%6Detrics", "/\(Self.settings)", "/.\(Self.settings)",
                    "\(Self.settings)/~\(id)", "\(Self.settings)?pageSize=0", "\(Self.settings)?pageSize=100",
                    "\(Self.settings)?pageSize=101", "\(Self.settings)?pageNumber=x&pageNumber=1",
                ] {
                    try await world.compare(Self.head("GET", target, token))
                }
                #expect(world.count > 400)
            }
        }

        /// Changes a read in many small ways. Each mutant that the parser accepts has the outcome that the naive reader finds.
        @Test func mutatedReadsHaveTheOutcomeThatANaiveReaderFinds() async throws {
            var random = SplitMix(seed: 20_261_123)
            let telling = Array("\r\n :/?%&=-_\tH\"".utf8)
            try await ListeningServer.run { server in
                var world = try await World(server)
                let field = "Accept: */*\r\nIf-None-Match: \(world.naive.object.tag)\r\nConnection: keep-alive\r\n"
                let reads = [
                    Self.head("GET", "\(Self.settings)?pageSize=2", world.token),
                    Self.head("GET", "\(Self.settings)/\(world.naive.object.id)", world.token, field),
                ]
                for number in 0..<6_000 {
                    var bytes = Array(reads[number % 2].utf8)
                    for _ in 0..<Int.random(in: 1...2, using: &random) {
                        let place = Int.random(in: 0..<bytes.count, using: &random)
                        let byte =
                            Bool.random(using: &random)
                            ? UInt8.random(in: 0...0x7F, using: &random)
                            : telling[Int.random(in: 0..<telling.count, using: &random)]
                        switch Int.random(in: 0...3, using: &random) {
                        case 0: bytes[place] = byte
                        case 1: bytes.insert(byte, at: place)
                        case 2: bytes.remove(at: place)
                        default: bytes.insert(contentsOf: bytes[place...].prefix(12), at: place)
                        }
                    }
                    let text = String(decoding: bytes, as: UTF8.self)
                    guard let head = RequestHead(wire: text), head.method == .get,
                        head.length == .known(0), text.hasPrefix("GET")
                    else { continue }
                    try await world.compare(text)
                }
                #expect(world.count > 1_000)
            }
        }

        @Test func requestsOverTheRateAreRefused() async throws {
            let shared = try await TestServer { $0.rateLimits = RateLimits(token: 5) }
            try await ListeningServer.run(before: shared) { server in
                let client = try await server.connect()
                let read = Self.head("GET", Self.settings, try await shared.token())
                var counts: [String?] = []
                var statuses: [Int] = []
                for _ in 0..<7 {
                    let answer = try await client.ask(read)
                    statuses.append(answer.status)
                    counts.append(answer.fields["inin-ratelimit-count"])
                }
                #expect(statuses == [200, 200, 200, 200, 200, 429, 429])
                #expect(counts == ["1", "2", "3", "4", "5", "6", "7"])
            }
        }

        @Test func aTokenThatIsRevokedIsRefusedAtOnce() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let token = try await server.server.token()
                let read = Self.head("GET", "/api/v2/users/me", token)
                for _ in 0..<3 { #expect(try await client.ask(read).status == 200) }
                #expect(try await client.ask(Self.head("DELETE", "/api/v2/tokens/me", token)).status == 204)
                #expect(try await client.ask(read).status == 401)
            }
        }

        @Test func aStoppingServerClosesItsConnections() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let read = try await server.read(.atOnce)
                for _ in 0..<3 { #expect(try await !client.ask(read).closes) }
                server.server.load.drain()
                #expect(try await client.ask(read).closes)
            }
        }
    }
}

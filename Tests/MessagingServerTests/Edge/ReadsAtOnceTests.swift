import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore
import Randomness
import Testing

@testable import MessagingServer

extension Edge {
    /// Reads that are handled where they arrive, compared with the general path.
    @Suite struct ReadsAtOnceTests {
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
                let before = server.server.responder.metrics.readsAtOnce
                try await client.send(
                    list + list + Self.create("a", token) + list + missing + list + Self.create("b", token) + list
                        + live + list
                )
                var totals: [JSON?] = []
                for _ in 0..<10 { totals.append(try await client.answer().json?["total"]) }
                #expect(totals == [0, 0, nil, 1, nil, 1, nil, 2, nil, 2])
                #expect(server.server.responder.metrics.readsAtOnce - before >= 2)
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

        @Test func bothPathsRespondAlike() async throws {
            var compared = 0
            try await Self.compare { server, ask in
                let token = try await server.token()
                let id = try #require(
                    await server.send(.post, Self.settings, token: token, body: #"{"name":"a"}"#).json?["id"]?.string
                )
                let tag = try #require(await server.send(.get, "\(Self.settings)/\(id)", token: token).fields[.eTag])
                let fields = [
                    "", "If-None-Match: \(tag)\r\n", "if-none-match: \"x\", W/\(tag)\r\n", "If-None-Match: *\r\n",
                    "If-None-Match: x\r\n", "If-None-Match:\r\n", "If-Match: \(tag)\r\n", "If-Match: \"x\"\r\n",
                    "Accept: text/html\r\nContent-Type: text/plain\r\nX:\r\n", "Connection: keep-alive\r\n",
                    "Connection: close\r\n", "Origin: https://x.example\r\n", "Content-Length: 0\r\n",
                    "Content-Length: 00\r\n",
                    "Content-Length: 0\r\nContent-Length: 0\r\n",
                    "Expect: 100-continue\r\n", "X-Forwarded-For: 192.0.2.9\r\n", "Host: other\r\n",
                    "authorization: Bearer \(token)\r\n", "Idempotency-Key: a\r\n",
                ]
                for operation in APIOperation.all where operation.method == .get {
                    let targets = [
                        "", "?pageSize=1", "?pageSize=0", "?pageNumber=%31&x=+", "?%zz", "?expand=supportedContent",
                    ]
                    for target in targets {
                        try await ask(Self.head("GET", operation.target([id]) + target, token))
                        compared += 1
                    }
                    for field in fields { try await ask(Self.head("GET", operation.target([id]), token, field)) }
                }
                for target in [
                    "/", "//", "\(Self.settings)/", "\(Self.settings)/%20", "\(Self.settings)/\(id)/",
                    "\(Self.settings)//\(id)",
                    "\(Self.settings)/\(id)%00", "http://test\(Self.settings)", "\(Self.settings)?",
                    "\(Self.settings)/default", "\(Self.settings)/%64efault", "\(Self.settings)/%30\(id.dropFirst())",
                    "\(Self.settings)/%2530\(id.dropFirst())", "\(Self.settings)/..", "\(Self.settings)/.",
                    "\(Self.settings)/%2e%2e", "\(Self.settings)%2F\(id)", "/%61pi\(Self.settings.dropFirst(4))/\(id)",
                    "/%6Detrics", "/\(Self.settings)", "/.\(Self.settings)",
                    "/api/v2/conversations/messaging/settings/\(id)?pageSize=x", "\(Self.settings)/~\(id)",
                ] {
                    try await ask(Self.head("GET", target, token))
                }
                let poor = try await server.token(permissions: ["messaging:setting:add"])
                try await ask(Self.head("GET", Self.settings, poor))
                try await ask(Self.head("GET", "/api/v2/users/me", poor))
                try await ask(Self.head("GET", Self.settings, "garbage"))
            }
            #expect(compared > 60)
        }

        /// Changes a read in many small ways. Each mutant that is still handled where it arrives gets the same response on the general
        /// path.
        @Test func bothPathsRespondAlikeToMutations() async throws {
            var random = SplitMix(seed: 20_261_123)
            let telling = Array("\r\n :/?%&=-_\tH\"".utf8)
            var counts = (all: 0, atOnce: 0)
            try await Self.compare { server, ask in
                let token = try await server.token()
                let read = Self.head(
                    "GET",
                    "\(Self.settings)?pageSize=2",
                    token,
                    "Accept: */*\r\nIf-None-Match: \"a\"\r\nContent-Length: 0\r\nConnection: keep-alive\r\n"
                )
                for _ in 0..<4_000 {
                    var bytes = Array(read.utf8)
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
                    counts.all += 1
                    guard Self.isReadAtOnce(bytes) else { continue }
                    counts.atOnce += 1
                    try await ask(String(decoding: bytes, as: UTF8.self))
                }
            }
            #expect(counts.atOnce > 100, "\(counts)")
        }

        /// Whether these bytes are one request that may be answered where it arrives.
        private static func isReadAtOnce(_ bytes: [UInt8]) -> Bool {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.utf8.elementsEqual(bytes), let head = RequestHead(wire: text) else { return false }
            return ReadHead(head, head.bytes.readableBytesUInt8Span, isProxied: false) != nil
        }

        /// Runs `body` with a function that sends a request to two servers before the same store. One of them handles no request where it
        /// arrives. Fails if their responses differ in more than the fields that differ between any two responses.
        private static func compare(
            _ body: (TestServer, _ ask: (String) async throws -> Void) async throws -> Void
        ) async throws {
            let shared = try await TestServer()
            try await ListeningServer.run(before: shared) { one in
                try await ListeningServer.run(way: .general, before: shared) { other in
                    var clients = [try await one.connect(), try await other.connect()]
                    try await body(shared) { request in
                        for (index, server) in [one, other].enumerated() where clients[index].isClosed {
                            clients[index] = try await server.connect()
                        }
                        let first = try await clients[0].ask(request)
                        let second = try await clients[1].ask(request)
                        #expect(comparable(first) == comparable(second), "\(request)")
                        if first.closes { _ = await clients[0].rest() }
                        if second.closes { _ = await clients[1].rest() }
                    }
                }
            }
            #expect(shared.responder.metrics.readsAtOnce > 100)
        }

        private static func comparable(_ answer: RawAnswer) -> [String] {
            var fields = answer.fields
            for name in [
                "inin-correlation-id", "genesys-correlation-id", "date", "inin-ratelimit-count", "inin-ratelimit-reset",
            ]
            where fields[name] != nil { fields[name] = "some" }
            var object = answer.json?.object
            if object?["contextId"] != nil { object?["contextId"] = "some" }
            let isMetrics = answer.body.hasPrefix("# HELP")
            let body = object.map { JSON.object($0).bytes } ?? answer.bytes
            if isMetrics { fields["content-length"] = "some" }
            return ["\(answer.status) \(answer.isWellFormed)"] + fields.map { "\($0.key): \($0.value)" }.sorted()
                + (isMetrics ? [] : [String(decoding: body, as: UTF8.self)])
        }

        @Test func requestsOverTheRateAreRefusedOnBothPaths() async throws {
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
                #expect(shared.responder.metrics.readsAtOnce == 4)
            }
        }

        @Test func aTokenThatIsRevokedIsRefusedAtOnce() async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let token = try await server.server.token()
                let read = Self.head("GET", "/api/v2/users/me", token)
                for _ in 0..<3 { #expect(try await client.ask(read).status == 200) }
                #expect(server.server.responder.metrics.readsAtOnce == 2)
                #expect(try await client.ask(Self.head("DELETE", "/api/v2/tokens/me", token)).status == 204)
                #expect(try await client.ask(read).status == 401)
            }
        }

        @Test func aClientThatReadsNothingGetsNoMoreResponses() async throws {
            try await ListeningServer.run { server in
                let token = try await server.server.token()
                let name = String(repeating: "n", count: 200)
                for _ in 0..<100 {
                    _ = await server.server.send(.post, Self.settings, token: token, body: #"{"name":"\#(name)"}"#)
                }
                _ = try await server.server.identity.caller(token)
                let client = try await server.connect(reading: false)
                let list = Self.head("GET", "\(Self.settings)?pageSize=100", token)
                let metrics = server.server.responder.metrics
                let most = 400
                var isStuck = false
                while metrics.readsAtOnce < most, !isStuck {
                    let before = metrics.readsAtOnce
                    try await client.send(list)
                    let patience = ContinuousClock.now + .seconds(1)
                    while metrics.readsAtOnce == before, !isStuck {
                        try await Task.sleep(for: .milliseconds(1))
                        isStuck = metrics.readsAtOnce > 0 && ContinuousClock.now > patience
                    }
                }
                #expect((1..<most).contains(metrics.readsAtOnce))
                try await client.close()
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

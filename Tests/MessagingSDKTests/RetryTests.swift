import Foundation
import HTTPTypes
import MessagingSDK
import MetricsTestKit
import Synchronization
import Testing

@Suite(.generousLimit) struct RetryTests {
    private static let setting = #"{"id":"a","name":"n","version":"1"}"#

    private func statuses(_ statuses: [Int], _ fields: [String: String] = [:])
        -> @Sendable (Int, ScriptedHost.Request) -> ScriptedHost.Deed
    {
        { number, _ in
            let status = statuses[min(number, statuses.count) - 1]
            return .answer(
                status,
                fields: status == 200 ? [:] : fields,
                status == 200 ? Self.setting : #"{"code":"c","message":"m","status":\#(status)}"#
            )
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aRateLimitIsWaitedOutTwice(_ kind: TransportKind) async throws {
        try await ScriptedHost.run(statuses([429, 429, 200], ["Retry-After": "1"])) { host in
            let start = ContinuousClock.now
            let setting = try await host.client(kind).settings.get("a")
            #expect(setting.id == "a")
            #expect(ContinuousClock.now - start >= .seconds(2))
            #expect(host.requests.count == 3)
        }
    }

    @Test(arguments: [429, 503]) func aPostWithoutAKeyIsNotRepeated(_ status: Int) async throws {
        try await ScriptedHost.run(statuses([status, 200])) { host in
            await #expect(throws: MessagingError.self) {
                try await host.client().settings.create(MessagingSettingRequest(name: "n"))
            }
            #expect(host.requests.count == 1)
        }
    }

    @Test(arguments: [ScriptedHost.Deed.answer(503), .cut, .silence])
    func aPostWithAKeyIsRepeatedUnderIt(_ first: ScriptedHost.Deed) async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? first : .answer(200, Self.setting) }) { host in
            let timed = TimedTransport(host, TransportKind.platform.transport)
            let transport: (any Transport)? = if case .silence = first { timed } else { nil }
            let made = try await host.client(transport: transport).settings.create(
                MessagingSettingRequest(name: "n"),
                options: CallOptions(idempotencyKey: "k-1")
            )
            #expect(made.id == "a")
            #expect(host.requests.map { $0.fields["idempotency-key"] } == ["k-1", "k-1"])
        }
    }

    @Test func noPostIsRepeatedAtGenesys() async throws {
        try await ScriptedHost.run(statuses([503, 200])) { host in
            let genesys = MessagingHost(api: host.url, login: host.url)
            let client = MessagingClient(host: genesys, credentials: .accessToken("t"))
            await #expect(throws: MessagingError.self) {
                try await client.settings.create(
                    MessagingSettingRequest(name: "n"),
                    options: CallOptions(idempotencyKey: "k-1")
                )
            }
            #expect(host.requests.count == 1)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aCutConnectionIsNotTriedAgainForAPost(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .cut }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client(kind).settings.create(MessagingSettingRequest(name: "n"))
            }
            #expect(error?.reason == .interrupted)
            #expect(host.requests.count == 1)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aCutConnectionIsTriedAgainForAGet(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ number, _ in number < 3 ? .cut : .answer(200, Self.setting) }) { host in
            let setting = try await host.client(kind).settings.get("a")
            #expect(setting.id == "a")
        }
    }

    @Test func aDeleteThatMayHaveHappenedAndFindsNothingHasSucceeded() async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .cut : .answer(404) }) { host in
            try await host.client().settings.delete("a")
            #expect(host.requests.count == 2)
        }
        try await ScriptedHost.run({ _, _ in .answer(404) }) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.delete("a") }
            #expect(error?.status == 404)
        }
    }

    @Test func soHasADeleteThatMayHaveHappenedBeforeAnotherToken() async throws {
        let deeds: [ScriptedHost.Deed] = [
            .answer(200, #"{"access_token":"T1","token_type":"bearer","expires_in":60}"#), .cut, .answer(401),
            .answer(200, #"{"access_token":"T2","token_type":"bearer","expires_in":60}"#),
            .answer(404, fields: ["ININ-Correlation-Id": "c-1"]),
        ]
        try await ScriptedHost.run({ number, _ in deeds[min(number, deeds.count) - 1] }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s"))
            let answer = try await client.call(MessagingSetting.endpoints.delete, EntityID("a"))
            #expect(answer.metadata.correlationID == "c-1")
        }
    }

    @Test func aChangeWithATagIsNotRepeatedWhenItMayHaveHappened() async throws {
        try await ScriptedHost.run(statuses([503, 200])) { host in
            await #expect(throws: MessagingError.self) {
                try await host.client().settings.update(
                    "a",
                    .keep,
                    options: CallOptions(ifMatch: EntityTag(opaque: "x"))
                )
            }
            #expect(host.requests.map { $0.fields["if-match"] } == ["\"x\""])
        }
    }

    @Test(arguments: [([400], false), ([404], false), ([429], false), ([500], true), ([503, 404], true)])
    func anErrorTellsWhetherTheChangeMayHaveBeenMade(_ answers: [Int], _ isUnknown: Bool) async throws {
        try await ScriptedHost.run(statuses(answers)) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().settings.update("a", .keep)
            }
            #expect(error?.status == answers.last)
            #expect(error?.outcomeIsUnknown == isUnknown)
        }
        try await ScriptedHost.run({ number, _ in number == 1 ? .cut : .answer(answers[0]) }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().settings.update("a", .keep)
            }
            #expect(error?.status == answers[0])
            #expect(error?.outcomeIsUnknown == true)
        }
    }

    @Test func aChangeThatMayHaveBeenMadeIsStillSaidSoAfterAnotherToken() async throws {
        let deeds: [ScriptedHost.Deed] = [
            .answer(200, #"{"access_token":"T1","token_type":"bearer","expires_in":60}"#), .cut, .answer(401),
            .answer(200, #"{"access_token":"T2","token_type":"bearer","expires_in":60}"#), .answer(400),
        ]
        try await ScriptedHost.run({ number, _ in deeds[min(number, deeds.count) - 1] }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s"))
            let error = await #expect(throws: MessagingError.self) { try await client.settings.update("a", .keep) }
            #expect(error?.status == 400)
            #expect(error?.outcomeIsUnknown == true)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func anAnswerThatStallsIsGivenUpAndTriedAgain(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .stall : .answer(200, Self.setting) }) { host in
            let transport = TimedTransport(host, kind.transport)
            let client = host.client(transport: transport) { $0.attemptTimeout = .seconds(200) }
            let setting = try await client.settings.get("a")
            #expect(setting.id == "a")
            #expect(host.requests.count == 2)
            #expect(transport.times.count == 2)
            #expect(transport.times.allSatisfy { $0 <= .seconds(200) }, "an attempt has more time than it may take")
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aRequestWithoutABodyAnnouncesNone(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .answer(200, Self.setting) }) { host in
            _ = try await host.client(kind).settings.get("a")
            #expect(host.requests.map { $0.fields["content-length"] } == [nil])
        }
    }

    @Test(arguments: ["", ".", "..", "default"])
    func whatCannotBeAnIDIsNotSent(_ id: String) async throws {
        try await ScriptedHost.run({ _, _ in .answer(200) }) { host in
            let first = await #expect(throws: MessagingError.self) { try await host.client().settings.delete(id) }
            let second = await #expect(throws: MessagingError.self) {
                try await host.client().messagingAPI.deleteMessagingSetting(messageSettingId: id)
            }
            #expect(first?.reason == .invalidRequest && second?.reason == .invalidRequest)
            #expect(host.requests.isEmpty)
        }
    }

    @Test(arguments: [
        "https://api.mypurecloud.com", "https://API.mypurecloud.de./", "https://gateway.usw2.pure.cloud/x",
        "https://apps.use2.us-gov-pure.cloud",
    ])
    func genesysIsKnownByItsName(_ url: String) throws {
        #expect(try !MessagingHost.server(#require(URL(string: url))).honoursIdempotencyKeys)
        #expect(try MessagingHost.server(#require(URL(string: "https://notpure.cloud"))).honoursIdempotencyKeys)
    }

    @Test func anotherErrorIsNotRetried() async throws {
        try await ScriptedHost.run(statuses([400, 200])) { host in
            await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(host.requests.count == 1)
        }
    }

    @Test func whenEveryCallFailsTheBudgetEndsTheRetries() async throws {
        try await ScriptedHost.run(statuses([503])) { host in
            let client = host.client()
            for _ in 0..<20 { await #expect(throws: MessagingError.self) { try await client.settings.get("a") } }
            #expect(host.requests.count == 20 + 10)
        }
    }

    @Test func whatTheBudgetDeniesIsSeen() async throws {
        let metrics = TestMetrics()
        try await ScriptedHost.run(statuses([503])) { host in
            let client = host.client { $0.metrics = metrics }
            for _ in 0..<20 { await #expect(throws: MessagingError.self) { try await client.settings.get("a") } }
        }
        let operation = ("operation", "getConversationsMessagingSetting")
        #expect(try metrics.expectCounter("messaging_client_retries", [operation]).totalValue == 10)
        #expect(try metrics.expectCounter("messaging_client_retries_denied", [operation]).totalValue > 10)
    }

    /// The host says itself when it has room, so that costs nothing of the budget.
    @Test func manyCallersWaitOutARateLimit() async throws {
        let refused = Mutex<Set<String>>([])
        try await ScriptedHost.run({ _, request in
            let isFirst = refused.withLock { $0.insert(request.target).inserted }
            return isFirst ? .answer(429, fields: ["Retry-After": "1"]) : .answer(200, Self.setting)
        }) { host in
            let client = host.client()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 { group.addTask { _ = try await client.settings.get("\(index)") } }
                try await group.waitForAll()
            }
            #expect(host.requests.count == 80)
        }
    }

    @Test func aTimeWithoutEndIsNone() async throws {
        try await ScriptedHost.run({ _, request in
            request.target == "/oauth/token"
                ? .answer(200, #"{"access_token":"T","expires_in":60}"#) : .answer(200, Self.setting)
        }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s")) { options in
                options.timeout = .seconds(Int.max)
                options.attemptTimeout = .seconds(Int.max)
            }
            let setting = try await client.settings.get("a")
            #expect(setting.id == "a")
        }
    }

    @Test func aDateToComeBackAtIsRead() async throws {
        let fields = ["Retry-After": "Fri, 31 Dec 2049 23:59:59 GMT"]
        try await ScriptedHost.run(statuses([429, 200], fields)) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(error?.retryAfter ?? .zero > .seconds(86_400))
            #expect(host.requests.count == 1)
        }
    }

    @Test func noWaitIsBegunThatCannotEndInTime() async throws {
        try await ScriptedHost.run(statuses([429, 200], ["Retry-After": "7200"])) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().settings.get("a", options: CallOptions(timeout: .seconds(3_600)))
            }
            #expect(error?.retryAfter == .seconds(7_200))
            #expect(host.requests.count == 1)
        }
    }
}

/// A transport whose first attempt runs out of time when the host has its request. Later attempts have the time that the client gives them.
private final class TimedTransport: Transport {
    private let host: ScriptedHost
    private let inner: any Transport
    private let given = Mutex<[Duration]>([])

    init(_ host: ScriptedHost, _ inner: any Transport) { (self.host, self.inner) = (host, inner) }

    /// The times that the client gave its attempts, as far as they were not over yet.
    var times: [Duration] { given.withLock { $0 } }

    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        try await inner.send(request, body: body)
    }

    func send(
        _ request: HTTPRequest,
        body: [UInt8],
        until deadline: ContinuousClock.Instant
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        let isFirst = given.withLock { given in
            given.append(deadline - .now)
            return given.count == 1
        }
        if !isFirst { return try await inner.send(request, body: body, until: deadline) }
        let attempt = Task { try await inner.send(request, body: body) }
        try? await host.waitForRequests(1)
        attempt.cancel()
        throw .timedOut
    }
}

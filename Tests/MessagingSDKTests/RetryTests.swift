import Foundation
import HTTPTypes
import MessagingSDK
import MetricsTestKit
import Synchronization
import Testing

@Suite(.generousLimit) struct RetryTests {
    private static let setting = #"{"id":"a","name":"n","version":"1"}"#

    private func statuses(_ statuses: [Int], _ fields: [String: String] = [:])
        -> @Sendable (Int, ScriptedHost.Request) -> ScriptedHost.Action
    {
        { number, _ in
            let status = statuses[min(number, statuses.count) - 1]
            return .response(
                status,
                fields: status == 200 ? [:] : fields,
                status == 200 ? Self.setting : #"{"code":"c","message":"m","status":\#(status)}"#
            )
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aRateLimitIsWaitedOutTwice(_ kind: TransportKind) async throws {
        try await ScriptedHost.run(statuses([429, 429, 200], ["Retry-After": "1"])) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let setting = try await host.client(kind, time: time).settings.get("a")
            #expect(setting.id == "a")
            #expect(time.skippedWaits == [.milliseconds(1_005), .milliseconds(1_010)])
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

    @Test(arguments: [ScriptedHost.Action.response(503), .cut, .silence])
    func aPostWithAKeyIsRepeatedUnderIt(_ first: ScriptedHost.Action) async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? first : .response(200, Self.setting) }) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let timed = TimedTransport(host, TransportKind.platform.transport, time)
            let transport: (any Transport)? = if case .silence = first { timed } else { nil }
            let made = try await host.client(transport: transport, time: time).settings.create(
                MessagingSettingRequest(name: "n"),
                options: CallOptions(idempotencyKey: "k-1")
            )
            #expect(made.id == "a")
            #expect(host.requests.map { $0.fields["idempotency-key"] } == ["k-1", "k-1"])
            #expect(time.skippedWaits == [.milliseconds(5)])
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
    func aPostIsNotRepeatedAfterACutConnection(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .cut }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client(kind).settings.create(MessagingSettingRequest(name: "n"))
            }
            #expect(error?.reason == .interrupted)
            #expect(host.requests.count == 1)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aGetIsRepeatedAfterACutConnection(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ number, _ in number < 3 ? .cut : .response(200, Self.setting) }) { host in
            let setting = try await host.client(kind).settings.get("a")
            #expect(setting.id == "a")
        }
    }

    @Test func aDeleteThatMayHaveHappenedAndFindsNothingHasSucceeded() async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .cut : .response(404) }) { host in
            try await host.client().settings.delete("a")
            #expect(host.requests.count == 2)
        }
        try await ScriptedHost.run({ _, _ in .response(404) }) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.delete("a") }
            #expect(error?.status == 404)
        }
    }

    @Test func aDeleteThatMayHaveHappenedBeforeAnotherTokenHasSucceeded() async throws {
        let actions: [ScriptedHost.Action] = [
            .response(200, #"{"access_token":"T1","token_type":"bearer","expires_in":60}"#), .cut, .response(401),
            .response(200, #"{"access_token":"T2","token_type":"bearer","expires_in":60}"#),
            .response(404, fields: ["ININ-Correlation-Id": "c-1"]),
        ]
        try await ScriptedHost.run({ number, _ in actions[min(number, actions.count) - 1] }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s"))
            let response = try await client.call(MessagingSetting.endpoints.delete, EntityID("a"))
            #expect(response.metadata.correlationID == "c-1")
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
    func anErrorStatesWhetherTheChangeMayHaveBeenMade(_ codes: [Int], _ isUnknown: Bool) async throws {
        try await ScriptedHost.run(statuses(codes)) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().settings.update("a", .keep)
            }
            #expect(error?.status == codes.last)
            #expect(error?.outcomeIsUnknown == isUnknown)
        }
        try await ScriptedHost.run({ number, _ in number == 1 ? .cut : .response(codes[0]) }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client().settings.update("a", .keep)
            }
            #expect(error?.status == codes[0])
            #expect(error?.outcomeIsUnknown == true)
        }
    }

    @Test func anUnknownOutcomeIsReportedAfterAnotherToken() async throws {
        let actions: [ScriptedHost.Action] = [
            .response(200, #"{"access_token":"T1","token_type":"bearer","expires_in":60}"#), .cut, .response(401),
            .response(200, #"{"access_token":"T2","token_type":"bearer","expires_in":60}"#), .response(400),
        ]
        try await ScriptedHost.run({ number, _ in actions[min(number, actions.count) - 1] }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s"))
            let error = await #expect(throws: MessagingError.self) { try await client.settings.update("a", .keep) }
            #expect(error?.status == 400)
            #expect(error?.outcomeIsUnknown == true)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aStalledResponseIsAbandonedAndTheRequestRepeated(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .stall : .response(200, Self.setting) }) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let transport = TimedTransport(host, kind.transport, time)
            let client = host.client(transport: transport, time: time) { $0.attemptTimeout = .seconds(200) }
            let setting = try await client.settings.get("a")
            #expect(setting.id == "a")
            #expect(host.requests.count == 2)
            #expect(transport.times == [.seconds(200), .seconds(200)])
        }
    }

    @Test func theLastAttemptHasTheRemainingTimeOfTheCall() async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .stall : .response(200, Self.setting) }) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let transport = TimedTransport(host, TransportKind.platform.transport, time)
            let client = host.client(transport: transport, time: time) { $0.attemptTimeout = .seconds(200) }
            _ = try await client.settings.get("a", options: CallOptions(timeout: .seconds(300)))
            #expect(transport.times == [.seconds(200), .milliseconds(99_995)])
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aRequestWithoutABodyAnnouncesNone(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .response(200, Self.setting) }) { host in
            _ = try await host.client(kind).settings.get("a")
            #expect(host.requests.map { $0.fields["content-length"] } == [nil])
        }
    }

    @Test(arguments: ["", ".", "..", "default"])
    func anImpossibleIDIsNotSent(_ id: String) async throws {
        try await ScriptedHost.run({ _, _ in .response(200) }) { host in
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
        #expect(try !MessagingHost.server(#require(URL(string: url))).honorsIdempotencyKeys)
        #expect(try MessagingHost.server(#require(URL(string: "https://notpure.cloud"))).honorsIdempotencyKeys)
    }

    @Test func anotherErrorIsNotRetried() async throws {
        try await ScriptedHost.run(statuses([400, 200])) { host in
            await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(host.requests.count == 1)
        }
    }

    @Test func theBudgetEndsTheRetriesWhenEveryCallFails() async throws {
        try await ScriptedHost.run(statuses([503])) { host in
            let client = host.client()
            for _ in 0..<20 { await #expect(throws: MessagingError.self) { try await client.settings.get("a") } }
            #expect(host.requests.count == 20 + 10)
        }
    }

    @Test func deniedRetriesAreCounted() async throws {
        let metrics = TestMetrics()
        try await ScriptedHost.run(statuses([503])) { host in
            let client = host.client { $0.metrics = metrics }
            for _ in 0..<20 { await #expect(throws: MessagingError.self) { try await client.settings.get("a") } }
        }
        let operation = ("operation", "getConversationsMessagingSetting")
        #expect(try metrics.expectCounter("messaging_client_retries", [operation]).totalValue == 10)
        #expect(try metrics.expectCounter("messaging_client_retries_denied", [operation]).totalValue > 10)
    }

    /// A 429 with `Retry-After` costs nothing, because the host states when it has room.
    @Test func manyCallersWaitOutARateLimit() async throws {
        let refused = Mutex<Set<String>>([])
        try await ScriptedHost.run({ _, request in
            let isFirst = refused.withLock { $0.insert(request.target).inserted }
            return isFirst ? .response(429, fields: ["Retry-After": "1"]) : .response(200, Self.setting)
        }) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let client = host.client(time: time)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 { group.addTask { _ = try await client.settings.get("\(index)") } }
                try await group.waitForAll()
            }
            #expect(host.requests.count == 80)
            #expect(time.skippedWaits == Array(repeating: .milliseconds(1_005), count: 40))
        }
    }

    @Test func anEndlessTimeoutIsAccepted() async throws {
        try await ScriptedHost.run({ _, request in
            request.target == "/oauth/token"
                ? .response(200, #"{"access_token":"T","expires_in":60}"#) : .response(200, Self.setting)
        }) { host in
            let client = host.client(credentials: .clientCredentials(id: "i", secret: "s")) { options in
                options.surroundings = .system
                options.timeout = .seconds(Int.max)
                options.attemptTimeout = .seconds(Int.max)
            }
            let setting = try await client.settings.get("a")
            #expect(setting.id == "a")
        }
    }

    @Test func aDateInRetryAfterIsWaitedFor() async throws {
        let fields = ["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"]
        try await ScriptedHost.run(statuses([429, 429, 200], fields)) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            time.pass(.seconds(10))
            _ = try await host.client(time: time).settings.get("a")
            #expect(time.skippedWaits == [.milliseconds(20_005), .milliseconds(10)])
        }
    }

    @Test func aDateAfterTheTimeOfTheCallIsNotWaitedFor() async throws {
        let fields = ["Retry-After": "Mon, 07 Nov 1994 08:49:37 GMT"]
        try await ScriptedHost.run(statuses([429, 200], fields)) { host in
            let time = ManualTime()
            let error = await #expect(throws: MessagingError.self) {
                try await host.client(time: time).settings.get("a")
            }
            #expect(error?.retryAfter == .seconds(86_400))
            time.pass(.seconds(3_600))
            #expect(error?.retryAfter == .seconds(86_400))
            #expect(host.requests.count == 1)
        }
    }

    @Test func noWaitBeginsThatCannotEndWithinTheTimeOfTheCall() async throws {
        try await ScriptedHost.run(statuses([429, 200], ["Retry-After": "30"])) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let client = host.client(time: time)
            let error = await #expect(throws: MessagingError.self) {
                try await client.settings.get("a", options: CallOptions(timeout: .milliseconds(30_005)))
            }
            #expect(error?.retryAfter == .seconds(30))
            #expect(host.requests.count == 1)
            #expect(time.skippedWaits.isEmpty)
        }
        try await ScriptedHost.run(statuses([429, 200], ["Retry-After": "30"])) { host in
            let time = ManualTime(skippingWaitsUpTo: .seconds(60))
            let client = host.client(time: time)
            _ = try await client.settings.get("a", options: CallOptions(timeout: .milliseconds(30_006)))
            #expect(time.skippedWaits == [.milliseconds(30_005)])
        }
    }
}

/// A transport whose first attempt takes all of its time, once the host has its request. Later attempts go to another transport.
private final class TimedTransport: Transport {
    private let host: ScriptedHost
    private let inner: any Transport
    private let time: ManualTime
    private let given = Mutex<[Duration]>([])

    init(_ host: ScriptedHost, _ inner: any Transport, _ time: ManualTime) {
        (self.host, self.inner, self.time) = (host, inner, time)
    }

    /// The times that the client gave its attempts.
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
            given.append(deadline - time.now)
            return given.count == 1
        }
        if !isFirst { return try await inner.send(request, body: body, until: deadline) }
        let attempt = Task { try await inner.send(request, body: body) }
        try? await host.waitForRequests(1)
        attempt.cancel()
        time.pass(deadline - time.now)
        throw .timedOut
    }
}

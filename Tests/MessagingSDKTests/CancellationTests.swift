import Foundation
import HTTPTypes
import MessagingSDK
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite(.generousLimit) struct CancellationTests {
    /// The call is cancelled before its response and in the middle of it. The POST has a key, so only the cancellation keeps the client from
    /// sending it again.
    @Test(arguments: TransportKind.allCases, [ScriptedHost.Action.silence, .stall])
    func aCancelledCallLeavesNoConnectionBehind(_ kind: TransportKind, _ action: ScriptedHost.Action) async throws {
        try await ScriptedHost.run({ _, _ in action }) { host in
            let client = host.client(kind)
            let task = Task {
                let options = CallOptions(idempotencyKey: "k-1")
                return try await client.settings.create(MessagingSettingRequest(name: "n"), options: options)
            }
            try await host.waitForRequests(1)
            task.cancel()
            try await host.waitForConnections(0)
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            #expect(error?.outcomeIsUnknown == true)
            #expect(host.requests.count == 1)
        }
    }

    /// Makes calls that time out until the host has received a request. Only a slow machine needs more than one call; each has more time than
    /// the one before. Expects that no call sends a request twice. The deadlines are those of real transports, so their time is real.
    private func expectTimeouts(_ host: ScriptedHost, _ call: (Duration) async throws -> MessagingSetting) async throws
    {
        var calls = 0
        var error: MessagingError?
        for seconds in [3, 30, 100] where host.requests.isEmpty {
            calls += 1
            error = await #expect(throws: MessagingError.self) { try await call(.seconds(seconds)) }
            #expect(error?.reason == .timedOut)
        }
        #expect(error?.outcomeIsUnknown == true)
        try await host.waitForConnections(0)
        #expect((1...calls).contains(host.requests.count))
    }

    /// The time of the call ends before its response and in the middle of it.
    @Test(arguments: TransportKind.allCases, [ScriptedHost.Action.silence, .stall])
    func aCallThatTimesOutLeavesNoConnectionBehind(
        _ kind: TransportKind,
        _ action: ScriptedHost.Action
    ) async throws {
        try await ScriptedHost.run({ _, _ in action }) { host in
            try await expectTimeouts(host) { time in
                let options = CallOptions(timeout: time, idempotencyKey: "k-1")
                let client = host.client(kind) { $0.surroundings = .system }
                return try await client.settings.create(MessagingSettingRequest(name: "n"), options: options)
            }
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aPostWithoutAKeyThatTakesTooLongIsNotRepeated(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .silence }) { host in
            try await expectTimeouts(host) { time in
                let client = host.client(kind) { options in
                    options.surroundings = .system
                    options.attemptTimeout = time
                }
                return try await client.settings.create(MessagingSettingRequest(name: "n"))
            }
        }
    }

    @Test func aSourceOfTokensThatTakesTooLongIsCancelled() async throws {
        try await ScriptedHost.run({ _, _ in .response(200) }) { host in
            let time = ManualTime()
            let client = host.client(credentials: .source(SilentSource()), time: time)
            let task = Task { try await client.settings.get("a", options: CallOptions(timeout: .seconds(7))) }
            #expect(await time.nextHeldWait() == .seconds(7))
            time.pass(.seconds(7))
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .timedOut)
            #expect(error?.outcomeIsUnknown == false)
            #expect(host.requests.isEmpty)
        }
    }

    @Test func aCallWithoutTimeIsNotSent() async throws {
        let client = MessagingClient(
            region: .usEast1,
            credentials: .accessToken("t"),
            transport: HastyTransport()
        )
        let error = await #expect(throws: MessagingError.self) {
            try await client.settings.delete("a", options: CallOptions(timeout: .zero))
        }
        #expect(error?.reason == .timedOut)
        #expect(error?.outcomeIsUnknown == false)
        try await client.settings.delete("a")
    }

    /// A redirect is a response like others. The address that it names gets no request, and so no token.
    @Test(arguments: TransportKind.allCases)
    func aRedirectIsNotFollowed(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .response(200, #"{"id":"a"}"#) }) { other in
            let location = "\(other.url)/elsewhere"
            try await ScriptedHost.run({ _, _ in .response(302, fields: ["Location": location]) }) { host in
                let error = await #expect(throws: MessagingError.self) { try await host.client(kind).settings.get("a") }
                #expect(error?.status == 302)
                #expect(other.requests.isEmpty)
            }
        }
    }

    #if os(Linux)
        /// FoundationNetworking calls only the delegate of the session, so the transport cannot prevent the request. It discards the response.
        @Test func aResponseFromAnotherAddressIsDiscarded() async throws {
            try await ScriptedHost.run({ _, _ in .response(200, #"{"id":"a"}"#) }) { other in
                let location = "\(other.url)/elsewhere"
                try await ScriptedHost.run({ _, _ in .response(302, fields: ["Location": location]) }) { host in
                    let client = MessagingClient(
                        baseURL: host.url,
                        credentials: .accessToken("t"),
                        transport: URLSessionTransport(URLSession(configuration: .ephemeral))
                    )
                    let error = await #expect(throws: MessagingError.self) {
                        try await client.settings.get("a", options: CallOptions(retries: .never))
                    }
                    #expect(error?.reason == .interrupted)
                    #expect(error?.message.contains("another address") == true)
                }
            }
        }
    #endif

    @Test func aWaitBetweenAttemptsIsCancelled() async throws {
        try await ScriptedHost.run({ _, _ in .response(429, fields: ["Retry-After": "60"]) }) { host in
            let time = ManualTime()
            let client = host.client(time: time)
            let task = Task { try await client.settings.get("a") }
            #expect(await time.nextHeldWait() == .milliseconds(60_005))
            task.cancel()
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            #expect(error?.outcomeIsUnknown == false)
            #expect(host.requests.count == 1)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func anUnreachableHostIsReported(_ kind: TransportKind) async throws {
        var gone: URL?
        try await ScriptedHost.run({ _, _ in .cut }) { host in gone = host.url }
        let url = try #require(gone)
        var options = ClientOptions()
        options.retries = .never
        let client = MessagingClient(
            baseURL: url,
            credentials: .accessToken("t"),
            options: options,
            transport: kind.transport
        )
        let error = await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
        #expect(error?.reason == .notConnected, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.outcomeIsUnknown == false)
    }
}

/// A source that has no token. It waits until it is cancelled.
private struct SilentSource: TokenSource {
    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        continuation.finish()
        throw MessagingError(.cancelled)
    }
}

/// A transport that returns a response after any deadline.
private struct HastyTransport: Transport {
    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        (HTTPResponse(status: .noContent), [])
    }

    func send(
        _ request: HTTPRequest,
        body: [UInt8],
        until deadline: ContinuousClock.Instant
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        try await send(request, body: body)
    }
}

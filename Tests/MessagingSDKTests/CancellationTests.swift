import Foundation
import HTTPTypes
import MessagingSDK
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite(.generousLimit) struct CancellationTests {
    /// Before its response, and in the middle of it. The POST has a key, so only the cancellation keeps the client from sending it again.
    @Test(arguments: TransportKind.allCases, [ScriptedHost.Deed.silence, .stall])
    func aCancelledCallLeavesNoConnectionBehind(_ kind: TransportKind, _ deed: ScriptedHost.Deed) async throws {
        try await ScriptedHost.run({ _, _ in deed }) { host in
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

    /// Makes calls whose time is over until the host has got a request. Only on a slow machine that takes more than one call, each with
    /// more time than the one before. Expects that no call sends a request twice.
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

    /// Before its response, and in the middle of it.
    @Test(arguments: TransportKind.allCases, [ScriptedHost.Deed.silence, .stall])
    func aCallThatTakesTooLongIsEndedAndLeavesNoConnectionBehind(
        _ kind: TransportKind,
        _ deed: ScriptedHost.Deed
    ) async throws {
        try await ScriptedHost.run({ _, _ in deed }) { host in
            try await expectTimeouts(host) { time in
                let options = CallOptions(timeout: time, idempotencyKey: "k-1")
                return try await host.client(kind).settings.create(MessagingSettingRequest(name: "n"), options: options)
            }
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aPostWithoutAKeyThatTakesTooLongIsNotRepeated(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .silence }) { host in
            try await expectTimeouts(host) { time in
                let client = host.client(kind) { $0.attemptTimeout = time }
                return try await client.settings.create(MessagingSettingRequest(name: "n"))
            }
        }
    }

    @Test func aSourceOfTokensThatTakesTooLongIsGivenUp() async throws {
        try await ScriptedHost.run({ _, _ in .answer(200) }) { host in
            let client = host.client(credentials: .source(SilentSource()))
            let error = await #expect(throws: MessagingError.self) {
                try await client.settings.get("a", options: CallOptions(timeout: .milliseconds(50)))
            }
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

    /// A redirect is an answer like others: whoever it names gets no request, and so no token.
    @Test(arguments: TransportKind.allCases)
    func aRedirectIsNotFollowed(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .answer(200, #"{"id":"a"}"#) }) { other in
            let location = "\(other.url)/elsewhere"
            try await ScriptedHost.run({ _, _ in .answer(302, fields: ["Location": location]) }) { host in
                let error = await #expect(throws: MessagingError.self) { try await host.client(kind).settings.get("a") }
                #expect(error?.status == 302)
                #expect(other.requests.isEmpty)
            }
        }
    }

    #if os(Linux)
        /// FoundationNetworking asks a session's own delegate only, so what was sent cannot be helped; but its answer
        /// is not taken for the host's.
        @Test func anAnswerFromElsewhereIsThrownAway() async throws {
            try await ScriptedHost.run({ _, _ in .answer(200, #"{"id":"a"}"#) }) { other in
                let location = "\(other.url)/elsewhere"
                try await ScriptedHost.run({ _, _ in .answer(302, fields: ["Location": location]) }) { host in
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
        try await ScriptedHost.run({ _, _ in .answer(429, fields: ["Retry-After": "60"]) }) { host in
            let client = host.client()
            let task = Task { try await client.settings.get("a") }
            try await host.waitForRequests(1)
            task.cancel()
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aHostThatIsNotThereIsToldSo(_ kind: TransportKind) async throws {
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

/// A source that has no token. It fails after two minutes, so that a caller that waits for it fails too, with another error.
private struct SilentSource: TokenSource {
    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        try? await Task.sleep(for: .seconds(120))
        throw MessagingError(.cancelled)
    }
}

/// A transport that has an answer whatever the time.
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

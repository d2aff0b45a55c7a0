import Foundation
import HTTPTypes
import MessagingSDK
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite(.generousLimit) struct CancellationTests {
    /// Before its answer, and in the middle of it.
    @Test(arguments: TransportKind.allCases, [ScriptedHost.Deed.silence, .stall])
    func aCancelledCallLeavesNoConnectionBehind(_ kind: TransportKind, _ deed: ScriptedHost.Deed) async throws {
        try await ScriptedHost.run({ _, _ in deed }) { host in
            let client = host.client(kind)
            let task = Task { try await client.settings.get("a") }
            try await host.waitForRequests(1)
            task.cancel()
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            try await host.waitForConnections(0)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func aCallThatTakesTooLongIsEndedAndLeavesNoConnectionBehind(_ kind: TransportKind) async throws {
        try await ScriptedHost.run({ _, _ in .silence }) { host in
            var error: MessagingError?
            var calls = 0
            // On a slow machine the time may be over before the request was sent; then it is tried with more.
            for seconds in [3, 30, 300] where error?.outcomeIsUnknown != true {
                calls += 1
                error = await #expect(throws: MessagingError.self) {
                    try await host.client(kind).settings.create(
                        MessagingSettingRequest(name: "n"),
                        options: CallOptions(timeout: .seconds(seconds))
                    )
                }
                #expect(error?.reason == .timedOut)
            }
            #expect(error?.outcomeIsUnknown == true)
            #expect(host.requests.count <= calls)
            try await host.waitForConnections(0)
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

/// A source that never has a token.
private struct SilentSource: TokenSource {
    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        try? await Task.sleep(for: .seconds(3_600))
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

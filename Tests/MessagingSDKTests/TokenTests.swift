import HTTPTypes
import MessagingSDK
import MessagingTesting
import Synchronization
import Testing

@Suite(.generousLimit) struct TokenTests {
    private static let setting = #"{"id":"a","name":"n","version":"1"}"#

    /// Returns the script of a host that issues the tokens T1, T2, ... and accepts all but the refused ones.
    private func issuing(_ refused: Set<String> = [], life: Int = 3_600)
        -> @Sendable (Int, ScriptedHost.Request) -> ScriptedHost.Action
    {
        let issued = Mutex(0)
        return { _, request in
            if request.target == "/oauth/token" {
                let number = issued.withLock { issued in
                    issued += 1
                    return issued
                }
                return .response(200, #"{"access_token":"T\#(number)","token_type":"bearer","expires_in":\#(life)}"#)
            }
            let token = request.fields["authorization"] ?? ""
            let isKnown = token.hasPrefix("Bearer T") && !refused.contains(String(token.dropFirst(7)))
            return isKnown ? .response(200, Self.setting) : .response(401, #"{"code":"bad.credentials","status":401}"#)
        }
    }

    private let secret = Credentials.clientCredentials(id: "the id", secret: "s:cret")

    @Test func aHundredTasksWithARefusedTokenRequestOne() async throws {
        try await ScriptedHost.run(issuing(["T1"])) { host in
            let client = host.client(credentials: secret)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = try await client.settings.get("a") } }
                try await group.waitForAll()
            }
            let tokens = host.requests.filter { $0.target == "/oauth/token" }
            #expect(tokens.count == 2)
            #expect(tokens[0].method == "POST")
            #expect(tokens[0].body == "grant_type=client_credentials")
            #expect(tokens[0].fields["authorization"] == "Basic dGhlIGlkOnM6Y3JldA==")
            #expect(tokens[0].fields["content-type"] == "application/x-www-form-urlencoded")
        }
    }

    @Test func aTokenIsReplacedBeforeItExpires() async throws {
        try await ScriptedHost.run(issuing(life: 2)) { host in
            let time = ManualTime()
            let client = host.client(credentials: secret, time: time)
            _ = try await client.settings.get("a")
            time.pass(.milliseconds(999))
            _ = try await client.settings.get("a")
            #expect(host.requests.map(\.target).filter { $0 == "/oauth/token" }.count == 1)
            time.pass(.milliseconds(1))
            _ = try await client.settings.get("a")
            try await host.waitForRequests(5)
            #expect(host.requests.map(\.target).filter { $0 == "/oauth/token" }.count == 2)
            #expect(host.requests.allSatisfy { $0.target == "/oauth/token" || $0.fields["authorization"] != nil })
        }
    }

    @Test func aSilentLoginHostDelaysNoCallWithAValidToken() async throws {
        try await ScriptedHost.run({ number, request in
            if request.target != "/oauth/token" { return .response(200, Self.setting) }
            return number == 1 ? .response(200, #"{"access_token":"T1","expires_in":20}"#) : .silence
        }) { host in
            let time = ManualTime()
            let client = host.client(credentials: secret, time: time)
            _ = try await client.settings.get("a")
            time.pass(.seconds(10))
            // A call that waited for the silent host would not end.
            _ = try await client.settings.get("a")
            #expect(host.requests.filter { $0.target != "/oauth/token" }.count == 2)
        }
    }

    @Test func aSecondRefusalIsThrown() async throws {
        try await ScriptedHost.run(issuing(["T1", "T2"])) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client(credentials: secret).settings.get("a")
            }
            #expect(error?.status == 401)
            #expect(error?.body?.code == "bad.credentials")
            #expect(host.requests.count == 4)
        }
    }

    @Test func aFixedTokenIsNotTriedTwice() async throws {
        try await ScriptedHost.run({ _, _ in .response(401, #"{"code":"bad.credentials"}"#) }) { host in
            let error = await #expect(throws: MessagingError.self) { try await host.client().settings.get("a") }
            #expect(error?.status == 401)
            #expect(host.requests.count == 1)
        }
    }

    @Test func wrongCredentialsAreReportedInTheOAuthForm() async throws {
        let server = try await MessagingTestServer()
        let client = MessagingClient(host: server.host, credentials: secret, transport: server.transport)
        let error = await #expect(throws: MessagingError.self) { try await client.settings.list() }
        #expect(error?.reason == .tokenRefused)
        #expect(error?.status == 401)
        #expect(error?.message.hasPrefix("invalid_client") == true)
        #expect(error?.correlationID != nil)
    }

    @Test func aCancelledTaskStopsWaitingForTheToken() async throws {
        try await ScriptedHost.run({ _, request in request.target == "/oauth/token" ? .silence : .response(200) }) {
            host in
            let client = host.client(credentials: secret)
            let task = Task { try await client.settings.get("a") }
            try await host.waitForRequests(1)
            task.cancel()
            try await host.waitForConnections(0)
            let error = await #expect(throws: MessagingError.self) { try await task.value }
            #expect(error?.reason == .cancelled)
            #expect(host.requests.count == 1)
        }
    }

    @Test func aTaskAfterTheLastCancelledOneRequestsItsOwnToken() async throws {
        try await ScriptedHost.run({ number, request in
            if request.target != "/oauth/token" { return .response(200, Self.setting) }
            return number == 1 ? .silence : .response(200, #"{"access_token":"T2","expires_in":3600}"#)
        }) { host in
            let client = host.client(credentials: secret)
            let task = Task { try await client.settings.get("a") }
            try await host.waitForRequests(1)
            task.cancel()
            await #expect(throws: MessagingError.self) { try await task.value }
            // A call that waited for the first request for a token would not end.
            let setting = try await client.settings.get("a")
            #expect(setting.id == "a")
            #expect(host.requests.filter { $0.target == "/oauth/token" }.count == 2)
        }
    }

    @Test func anySourceOfTokensCanBeUsed() async throws {
        struct Counting: TokenSource {
            func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
                AccessToken(rejected == nil ? "T1" : "T2")
            }
        }
        try await ScriptedHost.run(issuing(["T1"])) { host in
            let setting = try await host.client(credentials: .source(Counting())).settings.get("a")
            #expect(setting.id == "a")
            #expect(host.requests.map { $0.fields["authorization"] } == ["Bearer T1", "Bearer T2"])
        }
    }

    @Test func aTokenThatCannotBeReadIsNotInTheError() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, #"{"access_token":"T0P","expires_in":"soon"}"#) }) { host in
            let error = await #expect(throws: MessagingError.self) {
                try await host.client(credentials: secret).settings.get("a")
            }
            #expect(error?.reason == .unreadable)
            var dumped = ""
            dump(error, to: &dumped)
            #expect(!dumped.contains("T0P"))
            #expect(error?.metadata?.body == [])
        }
    }

    @Test func aResponseWithoutATokenIsUnreadable() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, "{}") }) { host in
            let client = host.client(credentials: secret)
            let error = await #expect(throws: MessagingError.self) { try await client.settings.get("a") }
            #expect(error?.reason == .unreadable)
            #expect(!host.requests.contains { $0.target != "/oauth/token" })
        }
    }

    @Test func aRefusedRequestForTheNextTokenIsRepeatedAfterFiveSeconds() async throws {
        let issued = #"{"access_token":"T1","expires_in":40}"#
        try await ScriptedHost.run({ number, request in
            if request.target != "/oauth/token" { return .response(200, Self.setting) }
            return number == 1 ? .response(200, issued) : .response(401, #"{"error":"invalid_client"}"#)
        }) { host in
            let time = ManualTime()
            let client = host.client(credentials: secret, time: time)
            func waitForTokenRequests(_ count: Int) async throws {
                while host.requests.filter({ $0.target == "/oauth/token" }).count < count {
                    _ = try await client.settings.get("a")
                }
            }
            _ = try await client.settings.get("a")
            time.pass(.seconds(20))
            try await waitForTokenRequests(2)
            for _ in 0..<10 { _ = try await client.settings.get("a") }
            time.pass(.milliseconds(4_999))
            _ = try await client.settings.get("a")
            #expect(host.requests.filter { $0.target == "/oauth/token" }.count == 2)
            time.pass(.milliseconds(1))
            // The client may record the refusal only after the 4,999 milliseconds, and then its five seconds end later.
            var later = Duration.zero
            while host.requests.filter({ $0.target == "/oauth/token" }).count < 3 {
                _ = try await client.settings.get("a")
                time.pass(.milliseconds(100))
                later += .milliseconds(100)
                try #require(later <= .seconds(5), "the token was not requested again five seconds after the refusal")
            }
        }
    }

    @Test func noDescriptionHasASecret() {
        for text in [
            "\(secret)", String(reflecting: secret), "\(AccessToken("t0ken"))",
            String(reflecting: AccessToken("t0ken")),
            String(reflecting: [Credentials.accessToken("t0ken")]),
        ] {
            #expect(!text.contains("s:cret") && !text.contains("t0ken"), "\(text)")
        }
        var dumped = ""
        let request = OpenIntegrationRequest(
            name: "named",
            outboundNotificationWebhookUrl: "https://example.com",
            outboundNotificationWebhookSignatureSecretToken: "s:cret s:cret s:cret",
            webhookHeaders: ["X-Key": "t0ken"]
        )
        let client = MessagingClient(region: .euWest1, credentials: secret)
        for each in [request, Patch(request), client] as [Any] {
            dump(each, to: &dumped)
            print(each, String(reflecting: each), to: &dumped)
        }
        #expect(dumped.contains("named") && dumped.count < 5_000)
        dump((secret, AccessToken("t0ken")), to: &dumped)
        #expect(!dumped.contains("s:cret") && !dumped.contains("t0ken"))
    }
}

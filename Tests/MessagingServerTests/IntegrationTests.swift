import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

@Suite struct IntegrationTests {
    static let path = "/api/v2/conversations/messaging/integrations/open"
    private static let body =
        #"{"name":"n","outboundNotificationWebhookUrl":"https://a.example/x","outboundNotificationWebhookSignatureSecretToken":"0123456789abcdef"}"#

    private static func body(_ members: String) -> String { "{\(members),\(body.dropFirst())" }

    /// The integration once its creation is complete, or as it is after a minute.
    static func completed(_ id: String, _ server: TestServer, _ token: String) async throws -> OutgoingResponse {
        for _ in 0..<6_000 {
            let answer = await server.send(.get, "\(path)/\(id)", token: token)
            if answer.json?["createStatus"] == "Completed" { return answer }
            try await Task.sleep(for: .milliseconds(10))
        }
        return await server.send(.get, "\(path)/\(id)", token: token)
    }

    static func create(_ server: TestServer, _ token: String, _ body: String = body) async throws -> String {
        let answer = await server.send(.post, path, token: token, body: body)
        try #require(answer.status == 200, "\(answer)")
        let id = try #require(answer.json?["id"]?.string)
        _ = try await completed(id, server, token)
        return id
    }

    @Test func itIsInitiatedAndThenCompleted() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, integrationDelay: 600)
        let token = try await server.token()
        let answer = await server.send(.post, Self.path, token: token, body: Self.body)
        #expect(answer.status == 200)
        let id = try #require(answer.json?["id"]?.string)
        #expect(answer.json?["createStatus"] == "Initiated")
        #expect(answer.json?["recipient"] == nil)
        #expect(answer.json?["status"] == nil)
        #expect(answer.json?["selfUri"]?.string == "\(Self.path)/\(id)")
        #expect(answer.json?["outboundNotificationWebhookSignatureSecretToken"] == "0123456789abcdef")
        #expect(answer.json?["version"] == nil)
        let early = await server.send(.patch, "\(Self.path)/\(id)", token: token, body: #"{"name":"m"}"#)
        #expect((early.status, early.code) == (400, "bad.request"))
        #expect(early.json?["message"] == "Create integration has not completed")
        let all = await server.send(.get, "/api/v2/conversations/messaging/integrations", token: token)
        #expect(all.json?["entities"]?.array?.first?["status"] == "Starting")

        clock.advance(by: 600 + Effect.leaseTime)
        await server.runStoredEffects()
        let completed = try await Self.completed(id, server, token)
        #expect(completed.json?["createStatus"] == "Completed")
        #expect(completed.json?["status"] == "active")
        let recipient = try #require(completed.json?["recipient"]?["id"]?.string)
        #expect(completed.json?["recipient"]?["selfUri"]?.string == "/api/v2/routing/message/recipients/\(recipient)")
        #expect(completed.json?["dateModified"] == answer.json?["dateModified"])
        #expect(completed.json?["outboundNotificationWebhookSignatureSecretToken"] == nil)
        let changed = await server.send(.patch, "\(Self.path)/\(id)", token: token, body: #"{"name":"m"}"#)
        #expect(changed.status == 200)
        #expect(changed.json?["name"] == "m")
        #expect(changed.json?["outboundNotificationWebhookSignatureSecretToken"] == nil)
        let row = await server.send(.get, "/api/v2/conversations/messaging/integrations", token: token)
        let entity = row.json?["entities"]?.array?.first
        #expect((entity?["status"], entity?["messengerType"], entity?["version"]) == ("Active", "open", 3))
    }

    @Test func pendingCreationsAreCompleted() async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock, integrationDelay: 600)
        let token = try await server.token()
        let ids = try await [0, 1].asyncMap { _ in
            try #require(await server.send(.post, Self.path, token: token, body: Self.body).json?["id"]?.string)
        }
        #expect(await server.send(.delete, "\(Self.path)/\(ids[1])", token: token).status == 204)
        clock.advance(by: 600 + Effect.leaseTime)
        await server.runStoredEffects()
        #expect(try await Self.completed(ids[0], server, token).json?["createStatus"] == "Completed")
        #expect(await server.send(.get, "\(Self.path)/\(ids[1])", token: token).status == 404)
        clock.advance(by: Effect.leaseTime)
        #expect(try await server.store.leaseEffects(dueAt: clock.now, longestDelay: 3_600, limit: 9) == [])
    }

    @Test(arguments: [
        (#""supportedContent":{"id":"gone"}"#, "supportedContent.id", "bad.request"),
        (#""messagingSetting":{"id":"gone"}"#, "messagingSetting.id", "bad.request"),
        (#""supportedContent":7"#, "supportedContent", "invalid.value"),
        (#""webhookHeaders":{"a b":"c"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"A":"b\r\nc"}"#, "webhookHeaders.A", "constraint.validation"),
        (#""webhookHeaders":{"X-Team":"a","x-team":"b"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"HOST":"a"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"content-length":"1"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"Transfer-Encoding":"x"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"Connection":"close"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"X-Hub-Signature-256":"a"}"#, "webhookHeaders", "constraint.validation"),
        (#""webhookHeaders":{"A":7}"#, "webhookHeaders.A", "invalid.value"),
        (#""name":" ""#, "name", "constraint.validation"),
    ])
    func invalidFieldsAreNamed(_ member: String, _ field: String, _ code: String) async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let members = Self.body.dropFirst().dropLast().split(separator: ",").filter {
            !member.hasPrefix(String($0.prefix { $0 != ":" }))
        }
        let body = "{\(([Substring(member)] + members).joined(separator: ","))}"
        let answer = await server.send(.post, Self.path, token: token, body: body)
        #expect((answer.status, answer.code) == (400, code))
        #expect(answer.json?["details"]?.array?.first?["fieldName"]?.string == field)
        let id = try await Self.create(server, token)
        let patched = await server.send(.patch, "\(Self.path)/\(id)", token: token, body: "{\(member)}")
        #expect((patched.status, patched.code) == (400, code))
        #expect(patched.json?["details"]?.array?.first?["fieldName"]?.string == field)
    }

    @Test(arguments: [
        ("https://a.example", true), ("https://a.example:8443/x?y=z", true), ("HTTPS://[::1]:443/", true),
        ("https://a.example?q", true), ("http://a.example", false), ("https://", false),
        ("https://a.example/ b", false),
        ("https://user:secret@a.example", false), ("https://a.example/#f", false), ("https://a.example:0", false),
        ("https://a.example:65536", false), ("ftp://a.example", false), ("", false), ("https://a.example\u{0}", false),
        ("https://a.example/ü", false), ("https://a_b.example/~x/(1);p=a,b!$&'*+:@", true),
        ("https://a.example/%2F?q=%C3%BC/?", true), ("https://a.example/%2", false), ("https://a.example/%zz", false),
        ("https://a.example/{id}", false), ("https://a.example/a|b", false), ("https://a.example/a\\b", false),
        ("https://a.example/a^b", false), ("https://a.example/`", false), ("https://a.example/\"", false),
        ("https://a.example/<", false), ("https://a.example?{}", false), ("https://a$b.example", false),
        ("https://[2001:db8::1:0]/", true), ("https://[::ffff:192.0.2.1]", true), ("https://[1:2:3:4:5:6:7:8]", true),
        ("https://[1:2:3:4:5:6:7:8:9]", false), ("https://[1::2::3]", false), ("https://[:::]", false),
        ("https://[::192.0.2.256]", false), ("https://[12345::]", false), ("https://[1:2:3:4:5:6:7]", false),
        ("https://a.example/" + String(repeating: "x", count: 2_031), false),
        ("https://a.example/" + String(repeating: "x", count: 2_030), true),
    ])
    func aWebhookNeedsAnHTTPSURL(_ url: String, _ isTaken: Bool) async throws {
        let server = try await TestServer()
        let request = OpenIntegrationRequest(
            name: "n",
            outboundNotificationWebhookUrl: url,
            outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef"
        )
        let answer = try await server.call(OpenIntegrationEndpoints.create, NoParameters(), request)
        #expect(answer.status == (isTaken ? 200 : 400), "\(answer)")
    }

    @Test(arguments: [(15, 400), (16, 200), (1_024, 200), (1_025, 400)])
    func aSecretTokenIsLongerThan15Characters(_ length: Int, _ status: Int) async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let secret = String(repeating: "ü", count: length)
        let body = Self.body.replacing("0123456789abcdef", with: secret)
        let answer = await server.send(.post, Self.path, token: token, body: body)
        #expect(answer.status.code == status)
        #expect(status == 200 || answer.json?["message"]?.string?.contains("ü") == false)
        let id = try await Self.create(server, token)
        let patch = #"{"outboundNotificationWebhookSignatureSecretToken":"\#(secret)"}"#
        #expect(await server.send(.patch, "\(Self.path)/\(id)", token: token, body: patch).status.code == status)
    }

    @Test func emptyReferencesCountAsAbsent() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let body = Self.body(#""supportedContent":{"id":""},"messagingSetting":{"id":""},"webhookHeaders":null"#)
        let id = try await Self.create(server, token, body)
        let got = await server.send(.get, "\(Self.path)/\(id)", token: token)
        let standard = await server.send(.get, "/api/v2/conversations/messaging/supportedcontent/default", token: token)
        #expect(got.json?["supportedContent"]?["id"] == standard.json?["id"])
        #expect(got.json?["supportedContent"]?["selfUri"] == standard.json?["selfUri"])
        #expect(got.json?["messagingSetting"] == nil)
        #expect(got.json?["webhookHeaders"] == nil)
        let refused = await server.send(.patch, "\(Self.path)/\(id)", token: token, body: #"{"supportedContent":null}"#)
        #expect(refused.status == 400)
        #expect(refused.json?["details"]?.array?.first?["fieldName"] == "supportedContent")
    }

    @Test func expansionsShowTheCurrentObjects() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let setting = await server.send(
            .post,
            "/api/v2/conversations/messaging/settings",
            token: token,
            body: #"{"name":"s","event":{"typing":{"on":{"inbound":"Enabled"}}}}"#
        )
        let settingID = try #require(setting.json?["id"]?.string)
        let id = try await Self.create(server, token, Self.body(#""messagingSetting":{"id":"\#(settingID)"}"#))
        let plain = await server.send(.get, "\(Self.path)/\(id)?expand=", token: token)
        #expect(plain.json?["messagingSetting"]?["name"] == nil)
        let expanded = await server.send(.get, "\(Self.path)/\(id)?expand=messagingSetting", token: token)
        #expect(expanded.json?["messagingSetting"] == setting.json)
        #expect(expanded.json?["supportedContent"]?["name"] == nil)
        #expect(expanded.fields[.eTag] != plain.fields[.eTag])
        _ = await server.send(
            .patch,
            "/api/v2/conversations/messaging/settings/\(settingID)",
            token: token,
            body: #"{"name":"renamed"}"#
        )
        let list = await server.send(
            .get,
            "/api/v2/conversations/messaging/integrations?expand=supportedContent,messagingSetting&pageSize=1",
            token: token
        )
        let row = list.json?["entities"]?.array?.first
        #expect(row?["messagingSetting"]?["name"] == "renamed")
        #expect(row?["supportedContent"]?["name"] == "default")
        #expect(row?["supportedContent"]?["mediaTypes"] != nil)
        #expect(
            list.json?["selfUri"]?.string
                == "/api/v2/conversations/messaging/integrations?pageSize=1&pageNumber=1&expand=messagingSetting&expand=supportedContent"
        )
        for query in ["expand=x", "expand=supportedContent,messagingSetting"] {
            let wrong = await server.send(.get, "\(Self.path)?\(query)", token: token)
            #expect((wrong.status, wrong.code) == (400, "invalid.query.param.value"))
        }
    }

    @Test func filtersChooseByReference() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let made = try await server.call(
            SupportedContentEndpoints.current.resource.create,
            NoParameters(),
            SupportedContentRequest(name: "p")
        )
        let profile = try made.decoded(SupportedContent.self).id
        let id = try await Self.create(server, token, Self.body(#""supportedContent":{"id":"\#(profile)"}"#))
        _ = try await Self.create(server, token)
        for path in [Self.path, "/api/v2/conversations/messaging/integrations"] {
            let all = await server.send(.get, "\(path)?supportedContent.id=", token: token)
            #expect(all.json?["total"] == 2)
            let some = await server.send(.get, "\(path)?supportedContent.id=\(profile)", token: token)
            #expect(some.json?["entities"]?.array?.map { $0["id"]?.string } == [id])
            #expect(
                some.json?["selfUri"]?.string == "\(path)?pageSize=25&pageNumber=1&supportedContent.id=\(profile)"
            )
            let none = await server.send(
                .get,
                "\(path)?supportedContent.id=\(profile)&messagingSetting.id=x",
                token: token
            )
            #expect(none.json?["total"] == 0)
        }
    }

    @Test func theSameKeyMakesOneIntegration() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let fields: HTTPFields = [.named("Idempotency-Key"): "k"]
        let first = await server.send(.post, Self.path, token: token, fields: fields, body: Self.body)
        let again = await server.send(.post, Self.path, token: token, fields: fields, body: Self.body)
        #expect(first.json == again.json)
        #expect(again.json?["outboundNotificationWebhookSignatureSecretToken"] == "0123456789abcdef")
        let list = await server.send(.get, Self.path, token: token)
        #expect(list.json?["total"] == 1)
    }

    @Test func aTagGuardsAChange() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let id = try await Self.create(server, token)
        let tag = try #require(await server.send(.get, "\(Self.path)/\(id)", token: token).fields[.eTag])
        let change = { (body: String) in
            await server.send(.patch, "\(Self.path)/\(id)", token: token, fields: [.ifMatch: tag], body: body)
        }
        #expect(await change(#"{"name":"m"}"#).status == 200)
        #expect(await change(#"{"name":"o"}"#).status == 412)
        let fields: HTTPFields = [.ifNoneMatch: tag]
        #expect(await server.send(.get, "\(Self.path)/\(id)", token: token, fields: fields).status == 200)
    }

    @Test func noSecretIsStoredInTheClear() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let secrets = ["S3cret-token-of-an-integration", "S3cret-header-value"]
        let body = Self.body(#""webhookHeaders":{"X-Key":"\#(secrets[1])"}"#).replacing(
            "0123456789abcdef",
            with: secrets[0]
        )
        let fields: HTTPFields = [.named("Idempotency-Key"): "k"]
        let answer = await server.send(.post, Self.path, token: token, fields: fields, body: body)
        let id = try #require(answer.json?["id"]?.string)
        let stored = try #require(try await server.store.load(server.organization))
        let changes = try #require(try await server.store.changes(of: server.organization, after: 0, limit: 1_000))
        let bytes = stored.records.map(\.bytes) + changes.flatMap { [$0.before, $0.after].compactMap(\.self) }
        #expect(bytes.count > 5)
        for text in bytes.map({ String(decoding: $0, as: UTF8.self) }) {
            for secret in secrets { #expect(!text.contains(secret)) }
        }
        let got = try await Self.completed(id, server, token)
        #expect(got.json?["webhookHeaders"] == ["X-Key": .string(secrets[1])])
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}

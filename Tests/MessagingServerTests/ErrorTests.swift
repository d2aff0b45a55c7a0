import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

@Suite struct ErrorTests {
    private static let settings = "/api/v2/messaging/settings"

    private func check(_ answer: OutgoingResponse, _ status: Int, _ code: String) {
        #expect(answer.status.code == status)
        #expect(answer.code == code)
        #expect(answer.json?["status"] == JSON(integerLiteral: status))
        #expect(answer.json?["contextId"]?.string == answer.fields[.correlation])
        #expect(answer.fields[.genesysCorrelation] == answer.fields[.correlation])
        #expect(answer.json?["details"]?.array != nil)
        #expect(answer.json?["errors"] == [])
        #expect(answer.fields[.contentType] == "application/json")
        #expect(answer.fields.contains { $0.name.rawName == "ININ-Correlation-Id" })
    }

    @Test(arguments: [
        "", "/api/v2/messaging", "/api/v2/messaging/settings/", "/api/v2//messaging/settings",
        "//api/v2/messaging/settings",
        "/api/v2/messaging/settings/a/b", "/api/v2/messaging/settings/%zz", "/api/v2/messaging/settings/%00",
        "/api/v2/messaging/settings/%ff", "/API/v2/messaging/settings", "api/v2/messaging/settings", "*",
        "/api/v2/messaging/%2e%2e/settings", "http://other/nothing", "http://other/api/v2/users/%6De",
        "/api/v2/messaging/settings/..", "/api/v2/messaging/settings/%2E%2e", "/api/v2/messaging/settings/.%2e",
        "/api/v2/messaging/settings/.", "/api/v2/messaging/settings/x/..", "/api/v2/messaging/settings%2Fdefault",
    ])
    func unknownRoutes(_ target: String) async throws {
        let server = try await TestServer()
        check(await server.send(.get, target, token: try await server.token()), 404, "not.found")
        check(await server.send(.get, target), 404, "not.found")
    }

    /// The last one has a mark behind the `?` that would be one character with it.
    @Test(arguments: [
        "http://other/api/v2/users/me", "/api/v2/users/me?x=1", "/api/v2/users/me?\u{301}",
    ])
    func otherSpellingsOfAKnownTarget(_ target: String) async throws {
        let server = try await TestServer()
        #expect(await server.send(.get, target, token: try await server.token()).status == 200)
    }

    /// A combining mark that would form one character with the space before it begins the token. No such token exists.
    @Test func aTokenBeginsAfterTheSpace() async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, Self.settings, fields: [.authorization: "Bearer \u{301}x"])
        check(answer, 401, "bad.credentials")
    }

    @Test(arguments: [
        "x", "c0ffee00-0000-4000-8000-000000000000", "a%2Fb", "%20", "webMessagingDefault", "é%F0%9F%98%80",
    ])
    func unknownIDs(_ id: String) async throws {
        let server = try await TestServer()
        let token = try await server.token()
        check(await server.send(.get, "\(Self.settings)/\(id)", token: token), 404, "not.found")
        check(await server.send(.delete, "\(Self.settings)/\(id)", token: token), 404, "not.found")
        check(await server.send(.patch, "\(Self.settings)/\(id)", token: token, body: "{}"), 404, "not.found")
    }

    @Test(arguments: [
        "", "{", "null", "[]", "null{", "{\"name\":\"a\",}", "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"\\u0000\"}",
        "\u{FEFF}{\"name\":\"a\"}",
        String(repeating: "[", count: 100_000),
    ])
    func malformedJSON(_ body: String) async throws {
        let server = try await TestServer()
        let answer = await server.send(.post, Self.settings, token: try await server.token(), body: body)
        check(answer, 400, "bad.request")
    }

    @Test(arguments: [
        ("{}", "constraint.validation", "name"),
        (#"{"name":" "}"#, "constraint.validation", "name"), (#"{"name":7}"#, "invalid.value", "name"),
        (#"{"name":"n","event":{"typing":{"on":{"inbound":"on"}}}}"#, "invalid.value", "event.typing.on.inbound"),
    ])
    func invalidFields(_ body: String, _ code: String, _ field: String) async throws {
        let server = try await TestServer()
        let answer = await server.send(.post, Self.settings, token: try await server.token(), body: body)
        check(answer, 400, code)
        #expect(answer.json?["details"]?.array?.first?["fieldName"]?.string == field)
    }

    @Test(arguments: [
        "pageSize=0", "pageSize=101", "pageNumber=0", "pageNumber=99999999999999999999", "pageSize=x", "a=%",
    ])
    func badPaging(_ query: String) async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, "\(Self.settings)?\(query)", token: try await server.token())
        check(answer, 400, query == "a=%" ? "bad.request" : "invalid.query.param.value")
    }

    @Test(arguments: [
        ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/jsonp", 415), ("", 415),
        ("+json", 415), ("application/+json", 415), ("application/x/y+json", 415), ("application+json", 415),
        ("text/x+json", 415), ("application/x+jsonp", 415), ("application/a+b+json", 200),
        ("application/json", 200), ("Application/JSON; charset=utf-8", 200), ("application/merge-patch+json", 200),
    ])
    func contentTypes(_ type: String, _ status: Int) async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let answer = await server.send(
            .post,
            Self.settings,
            token: token,
            fields: [.contentType: type],
            body: #"{"name":"n"}"#
        )
        #expect(answer.status.code == status)
        if status == 415 { check(answer, 415, "unsupported.media.type") }
        #expect(await server.send(.get, Self.settings, token: token, fields: [.contentType: type]).status == 200)
    }

    @Test func bodiesAreBounded() async throws {
        let server = try await TestServer()
        let token = try await server.token()
        let body = { (size: Int) in #"{"name":"n","x":""# + String(repeating: "x", count: size - 19) + #""}"# }
        #expect(body(1 << 20).utf8.count == 1 << 20)
        #expect(await server.send(.post, Self.settings, token: token, body: body(1 << 20)).status == 200)
        check(
            await server.send(.post, Self.settings, token: token, body: body((1 << 20) + 1)),
            413,
            "request.entity.too.large"
        )
    }
}
